import { Checkbox, Radio } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { OwnCalendar } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Stated } from "@/ui/states";
import { calendarsOptions, useChoose } from "./api";
import classes from "./calendar.module.css";

const Name = ({ calendar }: { calendar: OwnCalendar }) => (
  <span className={classes.name}>
    <span className={classes.dot} style={{ background: calendar.color ?? "var(--ink-3)" }} aria-hidden />
    {calendar.name}
  </span>
);

/** Which calendar bookings are written to, and which of them say when one is busy. */
export function Choice({ user }: { user: string }) {
  const query = useQuery(calendarsOptions(user));
  const choose = useChoose(user);
  return (
    <Stated query={query} failed={t("calendar.list_failed")} small>
      {({ items }) => (
        <div className={classes.choice}>
          <Radio.Group
            label={t("calendar.books")}
            description={t("calendar.books_hint")}
            value={items.find(({ books }) => books)?.id ?? ""}
            onChange={(id) => choose.mutate({ booking_calendar_id: id })}
          >
            <div className={classes.options}>
              {items
                .filter(({ writable }) => writable)
                .map((calendar) => (
                  <Radio key={calendar.id} value={calendar.id} label={<Name calendar={calendar} />} />
                ))}
            </div>
          </Radio.Group>
          <Checkbox.Group
            label={t("calendar.busy")}
            description={t("calendar.busy_hint")}
            value={items.filter(({ busy }) => busy).map(({ id }) => id)}
            onChange={(ids) => choose.mutate({ busy_calendar_ids: ids })}
          >
            <div className={classes.options}>
              {items.map((calendar) => (
                <Checkbox key={calendar.id} value={calendar.id} disabled={calendar.books} label={<Name calendar={calendar} />} />
              ))}
            </div>
          </Checkbox.Group>
        </div>
      )}
    </Stated>
  );
}
