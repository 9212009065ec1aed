import { expect, it } from "vitest";
import { ApiError } from "@/lib/http";
import { reasonOf } from "./reason";

it("names the fields that are wrong, else says what the code stands for, else what the server said", () => {
  const errors = [{ field: "phone", code: "invalid", message: "must be a phone number" }];
  expect(reasonOf(new ApiError(422, { code: "validation_failed", detail: "Some fields are wrong.", errors }))).toBe("Phone must be a phone number.");
  expect(reasonOf(new ApiError(422, { code: "validation_failed", detail: "Some fields are wrong." }))).toBe("Some of it is not as it should be.");
  expect(reasonOf(new ApiError(409, { code: "too_late", detail: "A merge can be undone for a day." }))).toBe("A merge can be undone for a day.");
  expect(reasonOf(new ApiError(500, { code: "internal", detail: "Whatever." }))).not.toContain("Whatever");
  expect(reasonOf(new Error("secret"))).not.toContain("secret");
});
