import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { Client, Duplicate } from "@/api/types.gen";
import { formatDate, formatPhone } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Page } from "@/ui/page";
import { Empty, Stated } from "@/ui/states";
import { duplicatesOptions, useDismissDuplicate } from "./merge-api";
import { MergeDialog } from "./merge-dialog";
import classes from "./merge.module.css";

/** Those who may be one person, two at a time. */
export function DuplicatesPage() {
  const query = useQuery(duplicatesOptions);
  const dismiss = useDismissDuplicate();
  const [pair, setPair] = useState<readonly [Client, Client] | null>(null);
  return (
    <Page title={t("merge.duplicates")} back={{ to: paths.people, label: t("nav.people") }} narrow>
      <Stated query={query} failed={t("merge.load_failed")}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="done" title={t("merge.none_title")}>
              {t("merge.none")}
            </Empty>
          ) : (
            <ul className={classes.pairs}>
              {items.map((item) => (
                <Pair
                  key={item.clients.map(({ id }) => id).join()}
                  item={item}
                  onMerge={setPair}
                  onDismiss={() => dismiss.mutate(item)}
                />
              ))}
            </ul>
          )
        }
      </Stated>
      <MergeDialog pair={pair} onClose={() => setPair(null)} onDone={() => setPair(null)} />
    </Page>
  );
}

interface PairProps {
  item: Duplicate;
  onMerge: (pair: readonly [Client, Client]) => void;
  onDismiss: () => void;
}

function Pair({ item, onMerge, onDismiss }: PairProps) {
  const [first, second] = item.clients;
  if (!first || !second) return null;
  return (
    <li className={classes.pair}>
      <p className={classes.why}>{label("duplicate_reason", item.reason)}</p>
      <Who client={first} />
      <Who client={second} />
      <div className={classes.acts}>
        <Button variant="default" onClick={onDismiss}>
          {t("merge.different")}
        </Button>
        <Button onClick={() => onMerge([first, second])}>{t("merge.action")}</Button>
      </div>
    </li>
  );
}

const Who = ({ client }: { client: Client }) => (
  <div className={classes.who}>
    <Link to={paths.person(client.id)}>{client.name}</Link>
    {client.email && <span>{client.email}</span>}
    {client.phone && <span>{formatPhone(client.phone)}</span>}
    <span>{t("people.added_on", { date: formatDate(client.created_at) })}</span>
  </div>
);
