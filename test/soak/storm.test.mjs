// The storm of script/soak, short.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Storm } from "./storm.mjs";

test("kill -9 at random moments: nothing accepted is lost, nothing goes out twice, nothing is stuck", async () => {
  const { wrong, figures } = await Storm.run({ kills: 10, perRestart: 6, killsADay: 5, clientsADay: 20, seed: 7 });
  console.log(JSON.stringify(figures));
  assert.deepEqual(wrong, []);
  assert.ok(figures.emails >= 10, "hardly any e-mail went out under the kills");
});
