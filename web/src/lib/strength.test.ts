import { expect, it } from "vitest";
import { strengthOf } from "./strength";

it("a password is as strong as what is new in it", () => {
  expect(strengthOf("elevenchars")).toBe(0);
  expect(strengthOf("👩‍🌾👩‍🌾")).toBe(0);
  expect(strengthOf("aaaaaaaaaaaaaaaa")).toBe(1);
  expect(strengthOf("123456789012")).toBe(1);
  expect(strengthOf("kT3#vq9!mZ2p")).toBe(2);
  expect(strengthOf("correct horse battery staple")).toBe(3);
});
