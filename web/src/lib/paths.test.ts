import { expect, it } from "vitest";
import { loginFrom, nextAfterLogin } from "./paths";

it("sign-in comes back to where one was, and only to a page of ours", () => {
  expect(loginFrom({ pathname: "/console/people", search: "?q=a b" })).toBe("/login?next=%2Fconsole%2Fpeople%3Fq%3Da%20b");
  expect(loginFrom({ pathname: "/console", search: "" })).toBe("/login");
  expect(nextAfterLogin("?next=%2Fconsole%2Ftasks")).toBe("/console/tasks");
  for (const bad of ["//evil.test", "https://evil.test", "/consoleevil", "javascript:alert(1)", ""]) {
    expect(nextAfterLogin(`?next=${encodeURIComponent(bad)}`)).toBe("/console");
  }
});
