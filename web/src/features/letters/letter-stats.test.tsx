import { beforeAll, describe, expect, it } from "vitest";
import { enums } from "@/api/types.gen";
import { moreWords, translate } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { drawn, textOf } from "@/ui/drawn.test-support";
import { LetterStats } from "./letter-stats";

beforeAll(moreWords);

describe("the numbers of the letters", () => {
  it("stand with what each means, and by type", () => {
    const items = [
      { email_type: "digest", status: "opened", count: 1200 },
      { email_type: "security_alert", status: "bounced", count: 3 },
    ];
    const html = drawn(<LetterStats />, [[keys.letterStats(30), { items }]]);
    expect(html).toMatch(/data-figure="opened">1,200</);
    expect(html).toMatch(/data-figure="bounced">3</);
    expect(html).toContain('aria-label="Opened: Opened by a person who clicked no link in it. Machines do not count."');
    expect(html).not.toContain("Marked as spam");
    expect(textOf(html)).toContain("Security notice 0 3 3");
    expect(textOf(html)).toContain("All 1,200 3 1,203");
  });

  it("say so where there are none", () => {
    expect(textOf(drawn(<LetterStats />, [[keys.letterStats(30), { items: [] }]]))).toContain("No letter was written in these days.");
  });

  it.each(enums.EmailLog.status)("define %s", (status) => {
    expect(translate(`letter_definition.${status}`)).toBeTruthy();
  });
});
