// A SendGrid that writes down all it accepts, misbehaves in every way a network allows, and reports afterwards, signed, often
// twice and in any order, until it is heard.
import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer } from "node:http";
import { pause } from "../support/product.mjs";

const mistakes = [
  [0.03, "rate limit"], // takes nothing, says when to come back
  [0.03, "error"], // takes nothing
  [0.03, "deaf"], // closes before it has read
  [0.03, "mute"], // takes it, closes without an answer
  [0.01, "hang"], // takes it, says nothing for longer than anybody waits
  [0.15, "slow"], // takes it, answers late
];

const read = (request) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.once("end", () => resolve(Buffer.concat(chunks).toString()));
    request.once("error", reject);
  });

export class Recorder {
  /** `random`; `targets()` gives the servers whose webhook may be asked; `now()` the product's time in milliseconds. */
  static async open({ random, targets, now }) {
    const recorder = new Recorder();
    Object.assign(recorder, { random, targets, now, accepted: [], refused: 0, heard: [], reporting: 0, reports: true, ended: false });
    const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
    recorder.key = createPrivateKey(keys.privateKey.export({ type: "pkcs8", format: "pem" }));
    recorder.publicKey = keys.publicKey.export({ type: "spki", format: "der" }).toString("base64");
    recorder.server = createServer((request, response) => recorder.#answer(request, response).catch(() => response.destroy()));
    await new Promise((listening) => recorder.server.listen(0, "127.0.0.1", listening));
    recorder.url = `http://127.0.0.1:${recorder.server.address().port}`;
    return recorder;
  }

  close() {
    this.ended = true;
    this.server.closeAllConnections();
    this.server.close();
  }

  #mistake() {
    let draw = this.random.next();
    for (const [share, name] of mistakes) {
      if (draw < share) return name;
      draw -= share;
    }
    return "";
  }

  async #answer(request, response) {
    const mistake = this.#mistake();
    if (mistake === "deaf") return request.destroy();
    const mail = JSON.parse(await read(request));
    if (mistake === "error" || mistake === "rate limit") {
      this.refused++;
      response.writeHead(mistake === "error" ? 500 : 429, { "Content-Type": "application/json", "Retry-After": "1" });
      return response.end('{"errors":[{"message":"not now","field":null,"help":null}]}');
    }
    const messageId = `${randomUUID().replaceAll("-", "").slice(0, 22)}`;
    const [person] = mail.personalizations;
    this.accepted.push({ messageId, to: person.to[0].email, ...person.custom_args });
    this.#report(person, messageId).catch(() => {});
    if (mistake === "mute") return request.destroy();
    if (mistake === "hang") return pause(45_000).then(() => response.destroy());
    if (mistake === "slow") await pause(200 + this.random.below(1500));
    response.writeHead(202, { "X-Message-Id": messageId });
    response.end();
  }

  /** What happened to a message, in one to three posts; each is repeated until it is heard, and now and then after that. */
  async #report(person, messageId) {
    const names = ["processed", "delivered", ...(this.random.chance(0.6) ? ["open"] : []), ...(this.random.chance(0.3) ? ["click"] : [])];
    const events = names.map((event, i) => ({
      email: person.to[0].email,
      timestamp: Math.floor(this.now() / 1000) + i,
      event,
      sg_event_id: randomUUID(),
      sg_message_id: `${messageId}.filter0001.1-1`,
      "smtp-id": `<${messageId}@geopod>`,
      ...(event === "open" || event === "click" ? { ip: "203.0.113.9", useragent: "Mozilla/5.0 (X11; Linux x86_64)" } : {}),
      ...(event === "click" ? { url: "https://example.com/" } : {}),
      ...person.custom_args,
    }));
    events.sort(() => this.random.next() - 0.5);
    this.reporting++;
    try {
      await pause(this.random.below(2000));
      while (events.length > 0) {
        const batch = events.splice(0, 1 + this.random.below(3));
        await this.#post(batch);
        if (this.random.chance(0.2)) await this.#post(batch);
        this.heard.push(...batch.map((event) => event.sg_event_id));
      }
    } finally {
      this.reporting--;
    }
  }

  async #post(batch) {
    while (!this.ended) {
      const body = JSON.stringify(batch);
      const timestamp = String(Math.floor(this.now() / 1000));
      const headers = {
        "Content-Type": "application/json",
        "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
        "X-Twilio-Email-Event-Webhook-Signature": sign("sha256", Buffer.from(timestamp + body), this.key).toString("base64"),
      };
      const target = this.random.pick(this.targets());
      const heard = await fetch(`${target}/webhook/sendgrid`, { method: "POST", headers, body, signal: AbortSignal.timeout(10_000) })
        .then((answer) => answer.ok)
        .catch(() => false);
      if (heard) return;
      await pause(200 + this.random.below(400));
    }
  }
}
