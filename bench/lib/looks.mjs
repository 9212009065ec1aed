// What somebody with many people does all day, and must not wait for.
import assert from "node:assert/strict";

const paths = ({ tag, name, mistyped, phone }) => ({
  "the list of a stage, by name": "/api/clients?stage=negotiating&sort=name&limit=50",
  "the list of a tag": `/api/clients?tag=${tag}&limit=50`,
  "a search by name": `/api/search?q=${encodeURIComponent(name)}`,
  "a search by a mistyped name": `/api/search?q=${encodeURIComponent(mistyped)}`,
  "a search by telephone, as people write it": `/api/search?q=${encodeURIComponent(phone)}`,
  "the board": "/api/pipeline",
  "the dashboard": "/api/dashboard/stats",
});

/** Milliseconds that 19 of 20 requests stay below. */
async function p95(get, path) {
  const taken = [];
  for (let i = 0; i < 60; ++i) {
    const began = performance.now();
    const answer = await get(path);
    taken.push(performance.now() - began);
    assert.ok(!path.startsWith("/api/search") || answer.items.length > 0, path);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)];
}

/** A row of each look; `sought`: a tag, a name, a mistyped one and a telephone that somebody there has; `among`: whom, in words. */
export async function* looks(get, sought, among) {
  for (const [what, path] of Object.entries(paths(sought)))
    yield { what: `${what}, ${among}, 95 of 100 requests within`, unit: "ms", ours: await p95(get, path), atMost: 100 };
}
