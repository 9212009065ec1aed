import { useInfiniteQuery } from "@tanstack/react-query";
import { enums } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { oneOf, useUrlState } from "@/lib/url-state";
import { ChipFilter, FilterBar, SearchField, SelectFilter } from "@/ui/filter-bar";
import { LoadMore } from "@/ui/load-more";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { letterListOptions } from "./api";
import { LetterDrawer } from "./letter-drawer";
import { LetterRow } from "./letter-row";
import { LetterStats } from "./letter-stats";

const statuses = enums.EmailLog.status;
const types = enums.EmailLog.email_type;

/** The letters that the product itself sent, and what became of each. */
export function LettersPage() {
  const [url, setUrl] = useUrlState(["status", "type", "search"]);
  const status = oneOf(statuses, url.status);
  const type = oneOf(types, url.type);
  const filtered = Boolean(status ?? type ?? url.search);
  const query = useInfiniteQuery({
    ...letterListOptions({ status, email_type: type, search: url.search }),
    placeholderData: (previous) => previous,
  });
  const drawer = useDrawer("letter");
  const letters = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  return (
    <Section title={t("settings.letters")} count={total}>
      <p className={rows.lead}>{t("letters.lead")}</p>
      <LetterStats />
      <FilterBar>
        <SearchField label={t("letters.search")} value={url.search ?? ""} onChange={(search) => setUrl({ search })} />
        <SelectFilter
          label={t("letters.type")}
          value={type ?? ""}
          options={[
            { value: "", label: t("letters.all_types") },
            ...types.map((value) => ({ value, label: label("letter_type", value) })),
          ]}
          onChange={(value) => setUrl({ type: value })}
        />
        <ChipFilter
          label={t("letters.status")}
          value={status ?? ""}
          options={[
            { value: "", label: t("list.all") },
            ...statuses.map((value) => ({ value, label: label("letter_status", value) })),
          ]}
          onChange={(value) => setUrl({ status: value })}
        />
      </FilterBar>
      <Stated query={query} failed={t("letters.load_failed")}>
        {() =>
          letters.length === 0 ? (
            <Empty icon="email" title={t(filtered ? "letters.none_found" : "letters.empty_title")}>
              {t(filtered ? "letters.none_found_words" : "letters.empty")}
            </Empty>
          ) : (
            <>
              <ul className={rows.list} aria-label={t("settings.letters")}>
                {letters.map((letter) => (
                  <LetterRow key={letter.id} letter={letter} onOpen={() => drawer.open(letter.id)} />
                ))}
              </ul>
              <LoadMore shown={letters.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
      <LetterDrawer id={drawer.value} onClose={drawer.close} />
    </Section>
  );
}
