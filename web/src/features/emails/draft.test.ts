import { expect, it } from "vitest";
import { answerTo } from "./draft";

it("an answer's subject begins with Re:, once", () => {
  expect(answerTo("Saturday")).toBe("Re: Saturday");
  expect(answerTo(" RE: Saturday ")).toBe("RE: Saturday");
  expect(answerTo("Reading list")).toBe("Re: Reading list");
  expect(answerTo("x".repeat(300))).toHaveLength(200);
});
