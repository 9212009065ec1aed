import { beforeAll, expect, it } from "vitest";
import { moreWords } from "@/lib/i18n";
import { drawn } from "@/ui/drawn.test-support";
import { NewPersonForm } from "./new-person";

beforeAll(moreWords);

it("what is known of a new person is filled in", () => {
  const html = drawn(<NewPersonForm known={{ name: "Lena New", email: "lena.new@example.com" }} onClose={() => undefined} />);
  expect(html).toMatch(/<input[^>]*value="Lena New"/);
  expect(html).toMatch(/<input[^>]*value="lena\.new@example\.com"/);
});
