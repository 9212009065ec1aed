// A door to PostgreSQL that takes the tenant's condition out of every statement on its way: "account_id = $1" becomes "$1 is not
// null". What then still keeps accounts apart is row-level security alone. The server at its other side is the shipped one.
import { connect, createServer } from "node:net";

const condition = /(?:\b\w+\.)?\baccount_id\s*=\s*\$(\d+)(?!::|\d)/g;

/** The messages of a client after the start-up packet: [type, length, body]; what is incomplete is kept for later. */
function* messages(buffer) {
  let at = 0;
  while (buffer.length - at >= 5 && buffer.length - at >= 1 + buffer.readUInt32BE(at + 1)) {
    const end = at + 1 + buffer.readUInt32BE(at + 1);
    yield buffer.subarray(at, end);
    at = end;
  }
  return buffer.subarray(at);
}

function rewritten(message, stripped) {
  const name = message.subarray(5, message.indexOf(0, 5));
  const from = 5 + name.length + 1;
  const to = message.indexOf(0, from);
  const sql = message.toString("utf8", from, to);
  // Not where a row gets its tenant: update … set account_id = $1.
  const changed = sql.replace(condition, (_, number) => `$${number}::uuid is not null`);
  if (changed === sql) return message;
  stripped.add(name.toString());
  const body = Buffer.concat([name, Buffer.from([0]), Buffer.from(changed), message.subarray(to)]);
  const head = Buffer.alloc(5);
  head.write("P");
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Listens on a port of its own and passes on to `port`; `stripped` holds the names of the statements that lost a condition. */
export async function openDoor(port) {
  const stripped = new Set();
  const server = createServer((client) => {
    const store = connect(port, "127.0.0.1");
    let waiting = Buffer.alloc(0);
    let started = false;
    client.on("data", (data) => {
      waiting = Buffer.concat([waiting, data]);
      if (!started) {
        if (waiting.length < 4 || waiting.length < waiting.readUInt32BE(0)) return;
        const length = waiting.readUInt32BE(0);
        store.write(waiting.subarray(0, length));
        waiting = waiting.subarray(length);
        started = true;
      }
      const whole = messages(waiting);
      let next = whole.next();
      for (; !next.done; next = whole.next()) {
        store.write(next.value[0] === 0x50 ? rewritten(next.value, stripped) : next.value);
      }
      waiting = next.value;
    });
    store.pipe(client);
    for (const [one, other] of [[client, store], [store, client]]) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { port: server.address().port, stripped, close: () => server.close() };
}
