// run.mjs [--kills N] [--seed N]: the long storm; prints its figures and everything that is wrong, and fails if anything is.
import { parseArgs } from "node:util";
import { Storm } from "./storm.mjs";

const { values } = parseArgs({ options: { kills: { type: "string", default: "500" }, seed: { type: "string", default: String(Date.now() % 1e6) } } });
const options = { kills: Number(values.kills), seed: Number(values.seed) };
console.log(`${options.kills} kills, seed ${options.seed}`);
const { wrong, figures } = await Storm.run({ ...options, say: console.log });
console.log(JSON.stringify(figures));
for (const one of wrong) console.log(`WRONG ${one}`);
console.log(wrong.length === 0 ? "nothing lost, nothing twice, nothing stuck" : `${wrong.length} promises broken`);
process.exitCode = wrong.length === 0 ? 0 : 1;
