import { beforeAll, describe, expect, it } from "vitest";
import type { Client, ReceivedEmail } from "@/api/types.gen";
import { moreWords } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { drawn, onePage, textOf } from "@/ui/drawn.test-support";
import { ClientReceived } from "./client-received";

beforeAll(moreWords);

const client = { id: "c1", name: "Rosa Writes" } as Client;
const email = (more: Partial<ReceivedEmail>) =>
  ({
    client_id: "c1",
    client_name: "Rosa Writes",
    kind: "reply",
    from_email: "rosa.writes@example.com",
    from_name: "Rosa",
    subject: "Re: Your house",
    fresh_text: "Saturday suits us.",
    answered_by: null,
    received_at: "2027-03-01T15:00:00Z",
    ...more,
  }) as ReceivedEmail;

const draw = (items: ReceivedEmail[]) =>
  drawn(<ClientReceived client={client} />, [[keys.receivedList({ client_id: "c1", limit: 5 }), onePage(items)]]);

describe("what a person wrote", () => {
  it("stands with a way to answer what waits for an answer", () => {
    const html = draw([email({ id: "r1" })]);
    expect(textOf(html)).toContain("Re: Your house");
    expect(textOf(html)).toContain("Saturday suits us.");
    expect(html).toContain('href="/console/people/c1?compose=r1"');
  });

  it("leaves out who wrote it, on their own page", () => {
    expect(textOf(draw([email({ id: "r1" })]))).not.toContain("Rosa Writes");
  });

  it.each([
    ["was answered", { answered_by: "e1" }, "Answered"],
    ["a machine wrote", { kind: "out_of_office" as const }, "Out of office"],
  ])("offers no answer to what %s", (_, more, mark) => {
    const html = draw([email({ id: "r1", ...more })]);
    expect(html).not.toContain("compose=");
    expect(textOf(html)).toContain(mark);
  });

  it("says what will be here", () => {
    expect(textOf(draw([]))).toContain("What Rosa Writes writes back stands here, to be read and answered.");
  });
});
