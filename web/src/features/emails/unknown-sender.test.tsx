import { beforeAll, describe, expect, it } from "vitest";
import type { ReceivedEmail } from "@/api/types.gen";
import { moreWords } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { drawn, textOf } from "@/ui/drawn.test-support";
import { ReceivedReading } from "./received-reading";

beforeAll(moreWords);

const email = {
  id: "r1",
  client_id: null,
  kind: "reply",
  from_email: "lena.new@example.com",
  from_name: "Lena New",
  to_email: "in@reply.example.test",
  subject: "Your board",
  text_body: "I saw your board.",
  body: "",
  attachments: [] as string[],
  received_at: "2027-03-01T15:00:00Z",
} as ReceivedEmail;

const draw = (more: Partial<ReceivedEmail>, people: object[], onAdd: (() => void) | undefined = () => undefined) =>
  drawn(<ReceivedReading id="r1" onAdd={onAdd} />, [
    [keys.received("r1"), { ...email, ...more }],
    [keys.clientSearch(email.from_email), { items: people }],
  ]);

it("a letter that came as plain text alone is shown as that", () => {
  const plain = draw({}, []);
  expect(plain).toMatch(/<pre[^>]*>I saw your board\.<\/pre>/);
  expect(plain).not.toContain("<iframe");
  const html = draw({ body: "<p>I saw it.</p>" }, []);
  expect(html).toContain("<iframe");
  expect(textOf(html)).toContain("Plain text");
});

describe("a letter of somebody unknown", () => {
  it("offers to add who wrote it", () => {
    const text = textOf(draw({}, []));
    expect(text).toContain("Add as client");
    expect(text).not.toContain("Answer");
  });

  it("leads to who has the very address by now, and to nobody with a longer one", () => {
    const longer = { id: "c2", name: "Helena", email: "he.lena.new@example.com" };
    const html = draw({}, [longer, { id: "c1", name: "Lena New", email: "Lena.New@example.com" }]);
    expect(html).toContain('href="/console/people/c1?compose=1"');
    expect(textOf(html)).toContain("Write to Lena New");
    expect(textOf(html)).not.toContain("Add as client");
    expect(textOf(draw({}, [longer]))).toContain("Add as client");
  });

  it("offers nothing of the kind for what came back, or for somebody known", () => {
    expect(textOf(draw({ kind: "bounce" }, []))).not.toContain("Add as client");
    const known = textOf(draw({ client_id: "c1", client_name: "Lena New" }, []));
    expect(known).not.toContain("Add as client");
    expect(known).toContain("Answer");
  });
});
