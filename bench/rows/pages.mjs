// What opening a page costs a visitor: its script, and what Lighthouse finds on a middling phone.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { root, Server, until } from "../../test/support/product.mjs";
import { median } from "../lib/load.mjs";

const run = promisify(execFile);
const folder = join(root, "bench/yardsticks/lighthouse");
const chrome = process.env.CHROME_PATH ?? "/usr/bin/chromium";

/** The script that a page asks for at once, gzipped, in kB: what it names, and what that is told to load with it. */
async function scriptOf(url) {
  const html = await (await fetch(url)).text();
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const named = tags.map((tag) => /(?:src|href)="([^"]+\.js)"/.exec(tag)?.[1]).filter(Boolean);
  let bytes = 0;
  for (const path of new Set(named)) bytes += gzipSync(await (await fetch(new URL(path, url))).bytes(), { level: 9 }).length;
  for (const [, inline] of html.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)) bytes += gzipSync(inline, { level: 9 }).length;
  return bytes / 1000;
}

/** Lighthouse's scores of a page, of 100: the median of some runs. `more`: further flags of its command line. */
async function scores(url, times, more = []) {
  const flags = ["--output=json", "--quiet", "--only-categories=performance,accessibility", "--chrome-flags=--headless=new --no-sandbox --disable-gpu", ...more];
  const seen = { performance: [], accessibility: [] };
  for (let i = 0; i < times; ++i) {
    const { stdout } = await run(process.execPath, [join(folder, "node_modules/lighthouse/cli/index.js"), url, ...flags], {
      env: { ...process.env, CHROME_PATH: chrome },
      maxBuffer: 1 << 26,
    });
    const { categories, finalDisplayedUrl } = JSON.parse(stdout);
    assert.ok(finalDisplayedUrl.startsWith(url), `${url} led to ${finalDisplayedUrl}`);
    for (const name of Object.keys(seen)) seen[name].push(Math.round(categories[name].score * 100));
  }
  return { performance: median(seen.performance), accessibility: median(seen.accessibility) };
}

/** Where somebody of the demo says that they want no more mail: a day later some of them have got one. */
async function unsubscribeAddress(server) {
  const headers = { "Content-Type": "application/json" };
  await fetch(`${server.url}/sandbox/clock`, { method: "POST", headers, body: JSON.stringify({ advance_seconds: 86_400 }) });
  const found = await until("a mail with a way out", async () => {
    const { items } = await (await fetch(`${server.url}/sandbox/outbox`, { headers: { Accept: "application/json" } })).json();
    return items.map(({ text }) => /\/u\/[\w.~-]{20,}/.exec(text ?? "")?.[0]).find(Boolean);
  });
  return server.url + found;
}

/** The cookies of somebody of the demo who has signed in. */
async function signIn(server) {
  const body = JSON.stringify({ email: "nora@example.com", password: "welcome to maple street" });
  const answer = await fetch(`${server.url}/api/auth/login`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  assert.equal(answer.status, 200);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
}

export async function* pages(world) {
  assert.ok(existsSync(chrome), `${chrome} is missing; CHROME_PATH names another`);
  if (!existsSync(join(folder, "node_modules"))) await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  const server = await Server.start(["--data", join(world.folder, "pages"), "--demo", "--sandbox"]);
  try {
    yield { what: "script of the console's first screen, gzipped", unit: "kB", ours: await scriptOf(`${server.url}/console`), atMost: 250 };
    const open = { "the start page": `${server.url}/`, "the unsubscribe page": await unsubscribeAddress(server) };
    const times = world.quick ? 1 : 3;
    for (const [name, url] of Object.entries(open)) {
      yield { what: `script of ${name}, gzipped`, unit: "kB", ours: await scriptOf(url), atMost: 60 };
      const { performance, accessibility } = await scores(url, times);
      yield { what: `Lighthouse on ${name}: performance`, unit: "of 100", ours: performance, atLeast: 95 };
      yield { what: `Lighthouse on ${name}: accessibility`, unit: "of 100", ours: accessibility, atLeast: 100 };
    }
    const signedIn = `--extra-headers=${JSON.stringify({ Cookie: await signIn(server) })}`;
    const screens = {
      "the console's door": [`${server.url}/login`],
      "the console's first screen": [`${server.url}/console`, signedIn],
      "the console's first screen on a desk": [`${server.url}/console`, signedIn, "--preset=desktop"],
    };
    for (const [name, [url, ...more]] of Object.entries(screens)) {
      const { performance, accessibility } = await scores(url, times, more);
      yield { what: `Lighthouse on ${name}: performance`, unit: "of 100", ours: performance };
      yield { what: `Lighthouse on ${name}: accessibility`, unit: "of 100", ours: accessibility, atLeast: 100 };
    }
  } finally {
    await server.stop();
  }
}
