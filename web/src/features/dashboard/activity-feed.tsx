import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Activity } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { happening } from "@/ui/happening";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { activityOptions } from "./api";
import classes from "./activity-feed.module.css";

export const shownActivity = 12;

/** What happened last, in the whole account. */
export function ActivityFeed() {
  const query = useQuery(activityOptions(shownActivity));
  return (
    <Section card title={t("activity.title")} className={classes.feed}>
      <Stated query={query} failed={t("activity.failed")} small>
        {({ items }) =>
          items.length === 0 ? (
            <Empty small title={t("activity.empty_title")}>
              {t("activity.empty")}
            </Empty>
          ) : (
            <ol className={classes.list}>
              {items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
            </ol>
          )
        }
      </Stated>
    </Section>
  );
}

/** The feed calls a sent e-mail just "email". */
const kindOf = ({ type }: Activity) => (type === "email" ? "email_sent" : type);

function Item({ item }: { item: Activity }) {
  const data = typeof item.data === "object" ? item.data : {};
  const { icon, tone, title } = happening(kindOf(item), { ...data, subject: item.subject });
  return (
    <li className={classes.item}>
      <span className={classes.icon} data-tone={tone}>
        <Glyph name={icon} size={13} />
      </span>
      <div>
        {item.client_id && item.client_name && (
          <Link to={paths.person(item.client_id)} className={classes.person}>
            {item.client_name}
          </Link>
        )}
        <p className={classes.words}>{title}</p>
      </div>
      <span className={classes.at}>
        <When at={item.at} />
      </span>
    </li>
  );
}
