// How long a server takes to be there, how much memory it then holds, and what a page that listens costs.
import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pause, postgresTools, Server } from "../../test/support/product.mjs";
import { median, memory, timed } from "../lib/load.mjs";

const listeners = 1000;

export async function* start(world) {
  const { folder, cluster } = world;
  const times = world.quick ? 3 : 7;
  let number = 0;
  const fresh = () => join(folder, `start${++number}`);

  // initdb, as the server calls it: with checksums, synced.
  const initdb = await timed(times, () => {
    const data = fresh();
    mkdirSync(data);
    if (cluster.user.uid !== undefined) chownSync(data, cluster.user.uid, cluster.user.gid);
    spawnSync(join(postgresTools, "initdb"), ["-D", data, "-A", "peer", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"], { ...cluster.user, cwd: data });
  });
  const launch = async (data) => {
    const began = performance.now();
    const server = await Server.start(["--data", data]);
    return [server, performance.now() - began];
  };
  const onNone = [];
  for (let i = 0; i < times; ++i) {
    const [server, milliseconds] = await launch(fresh());
    onNone.push(milliseconds);
    await server.stop();
  }
  const data = join(folder, `start${number}`);
  const onExisting = [];
  let idle = 0;
  for (let i = 0; i < times; ++i) {
    const [server, milliseconds] = await launch(data);
    onExisting.push(milliseconds);
    if (i === 0) {
      await pause(world.quick ? 2000 : 10_000);
      idle = memory(server.child.pid);
    }
    await server.stop();
  }

  const pg = [];
  for (let i = 0; i < times; ++i) {
    cluster.stop();
    const began = performance.now();
    cluster.start();
    pg.push(performance.now() - began);
  }

  yield { what: "start on an existing store until /ready, against pg_ctl start", unit: "ms", ours: median(onExisting), yardstick: median(pg), more: 150 };
  yield { what: "start on none until /ready, against initdb", unit: "ms", ours: median(onNone), yardstick: initdb, more: 1000 };
  yield { what: "memory of an idle server", unit: "MB", ours: idle / 1e6, atMost: 64 };
  yield await livePages(world);
}

/** Memory for each page that listens to /api/events. */
async function livePages({ stores }) {
  const { server, key } = stores.small;
  const before = memory(server.child.pid);
  const sockets = [];
  for (let i = 0; i < listeners; ++i) {
    const socket = connect(server.port, "127.0.0.1");
    sockets.push(socket);
    await new Promise((heard, failed) => {
      socket.once("data", heard);
      socket.once("error", failed);
      socket.write(`GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n\r\n`);
    });
  }
  await pause(1000);
  const each = (memory(server.child.pid) - before) / listeners;
  for (const socket of sockets) socket.destroy();
  return { what: `memory for each of ${listeners} live pages`, unit: "bytes", ours: Math.max(each, 0), atMost: 1024 };
}
