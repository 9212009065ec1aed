import { expect, it } from "vitest";
import { check, fieldErrors } from "./form";
import { ApiError } from "./http";

it("rules of the document become words", () => {
  expect(check({ required: true }, "   ")).toBe("This is needed.");
  expect(check({}, "")).toBeNull();
  expect(check({ maxLength: 3 }, "abcd")).toBe("At most 3 characters.");
  expect(check({ maxLength: 3 }, "👩‍🌾")).toBeNull();
  expect(check({ format: "email" }, "a@b")).not.toBeNull();
  expect(check({ format: "email" }, "a@b.test")).toBeNull();
});

it("the server's words go to their fields", () => {
  const error = new ApiError(422, { errors: [{ field: "phone", code: "invalid", message: "must be a phone number" }] });
  expect(fieldErrors(error)).toEqual({ phone: "Must be a phone number" });
  expect(fieldErrors(new Error("x"))).toEqual({});
});
