// What a contributor waits for: a clean build, and one changed file to its tests passing.
import { execFile } from "node:child_process";
import { rmSync, utimesSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../test/support/product.mjs";

const run = promisify(execFile);
const options = { cwd: root, maxBuffer: 1 << 28, env: { ...process.env, CCACHE_DISABLE: "1" } };

async function seconds(action) {
  const began = performance.now();
  await action();
  return (performance.now() - began) / 1000;
}

export async function* building(world) {
  if (world.quick) return;
  const folder = join(root, "build/clean");
  const compile = (target) => run("cmake", ["--build", folder, "--parallel", String(cpus().length), "--target", target], options);
  try {
    const clean = await seconds(async () => {
      await run("cmake", ["--preset", "debug", "-B", folder], options);
      await compile("doorstep");
      await compile("tests");
    });
    yield { what: "clean build of server and tests, without a cache", unit: "s", ours: clean, atMost: 480 };
    const changed = await seconds(async () => {
      utimesSync(join(root, "server/modules/contacts/contacts.cpp"), new Date(), new Date());
      await compile("tests");
      await run(join(folder, "tests"), ["-tc=clients:*"], options);
    });
    yield { what: "one changed file to its tests passing", unit: "s", ours: changed, atMost: 20 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
