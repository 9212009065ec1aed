import { Button, VisuallyHidden } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Notification, NotificationList } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { useRead, useReadAll } from "./api";
import classes from "./notifications.module.css";

interface Props {
  query: UseQueryResult<NotificationList>;
  onLeave: () => void;
}

/** The latest news; opening one marks it as read. */
export function News({ query, onLeave }: Props) {
  const read = useRead();
  const readAll = useReadAll();
  return (
    <section aria-label={t("bell.title")}>
      <header className={classes.head}>
        <h2>{t("bell.title")}</h2>
        {(query.data?.unread ?? 0) > 0 && (
          <Button variant="subtle" size="compact-sm" loading={readAll.isPending} onClick={() => readAll.mutate()}>
            {t("bell.read_all")}
          </Button>
        )}
      </header>
      <div className={classes.news}>
        <Stated query={query} failed={t("bell.load_failed")} small>
          {({ items }) =>
            items.length === 0 ? (
              <Empty small title={t("bell.empty")} />
            ) : (
              <ul className={classes.list}>
                {items.map((item) => (
                  <Item
                    key={item.id}
                    item={item}
                    onOpen={() => {
                      if (!item.read_at) read.mutate(item.id);
                      if (item.link) onLeave();
                    }}
                  />
                ))}
              </ul>
            )
          }
        </Stated>
      </div>
      <footer className={classes.foot}>
        <Link to={paths.notifications} onClick={onLeave}>
          {t("bell.settings")}
        </Link>
      </footer>
    </section>
  );
}

/** Where news lead: what is wrong with the system has a room of its own. */
const placeOf = ({ kind, link }: Notification) => (kind === "health_failed" ? paths.system : link);

function Item({ item, onOpen }: { item: Notification; onOpen: () => void }) {
  const place = placeOf(item);
  const words = (
    <>
      {!item.read_at && <VisuallyHidden>{t("bell.unread")}</VisuallyHidden>}
      <span className={classes.title}>{item.title}</span>
      <span className={classes.at}>
        <When at={item.created_at} />
      </span>
    </>
  );
  return (
    <li data-unread={!item.read_at || undefined} className={classes.item}>
      {place ? (
        <Link to={place} className={classes.row} onClick={onOpen}>
          {words}
        </Link>
      ) : (
        <button type="button" className={classes.row} onClick={onOpen}>
          {words}
        </button>
      )}
    </li>
  );
}
