import { queryOptions } from "@tanstack/react-query";
import type { CalendarChoice, OwnCalendarList } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { useAct } from "@/ui/use-act";

export const calendarsOptions = (user: string) =>
  queryOptions<OwnCalendarList>({
    queryKey: keys.ownCalendars(user),
    queryFn: ({ signal }) => call("list_own_calendars", { path: { realtorId: user } }, { signal }),
    // Google is asked each time.
    staleTime: 60_000,
    retry: false,
  });

/** Shown at once: the calendar of bookings counts as busy too. */
function chosen(list: OwnCalendarList, choice: CalendarChoice): OwnCalendarList {
  const items = list.items.map((item) => {
    const books = choice.booking_calendar_id ? item.id === choice.booking_calendar_id : item.books;
    const busy = choice.busy_calendar_ids ? choice.busy_calendar_ids.includes(item.id) : item.busy;
    return { ...item, books, busy: books || busy };
  });
  return { items };
}

export const useChoose = (user: string) =>
  useAct({
    run: (choice: CalendarChoice) => call("choose_calendars", { path: { realtorId: user }, body: choice }),
    touches: [keys.ownCalendars(user)],
    change: (client, choice) =>
      client.setQueryData(calendarsOptions(user).queryKey, (list: OwnCalendarList | undefined) => list && chosen(list, choice)),
    failed: () => t("calendar.not_chosen"),
    inTurn: true,
  });

export const useDisconnect = (user: string, done: () => void) =>
  useAct({
    run: () => call("disconnect_calendar", { path: { realtorId: user } }),
    touches: [keys.calendar],
    failed: () => t("calendar.not_disconnected"),
    done,
  });
