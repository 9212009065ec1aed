import { ActionIcon, Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Trashed } from "@/api/types.gen";
import { formatDate } from "@/lib/format";
import { call } from "@/lib/http";
import { rich, t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { paths } from "@/lib/paths";
import { useMay } from "@/lib/permissions";
import { listOptions, removeCached } from "@/lib/query";
import { Avatar } from "@/ui/avatar";
import { DownloadMenu } from "@/ui/download-menu";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { Empty, Stated } from "@/ui/states";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";
import { When } from "@/ui/when";
import { Erase } from "./erase";
import classes from "./trash.module.css";

const pageSize = 50;

const trashOptions = listOptions<Trashed>(keys.trash, async (page, signal) => {
  const number = Number(page ?? 1);
  const { items, total } = await call("list_trash", { query: { page: number, limit: pageSize } }, { signal });
  return { items, total, next: number * pageSize < (total ?? 0) ? String(number + 1) : null };
});

const useRestore = () =>
  useAct({
    run: (person: Trashed) => call("restore_client", { path: { id: person.id } }),
    touches: [keys.trash],
    renews: [keys.clients, keys.tasks, keys.tags, keys.dashboard],
    change: (client, person) => removeCached(client, keys.trash, [person.id]),
    failed: (person) => t("trash.not_restored", { name: person.name }),
    done: (_, person) => toast({ message: t("trash.restored", { name: person.name }) }),
  });

/** Who was deleted, until they go for good. */
export function TrashPage() {
  const query = useInfiniteQuery(trashOptions);
  const restore = useRestore();
  const mayErase = useMay("erase_contact");
  const [erased, setErased] = useState<Trashed | null>(null);
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  return (
    <Page
      title={t("trash.title")}
      back={{ to: paths.people, label: t("nav.people") }}
      actions={<DownloadMenu list="/api/trash" />}
      narrow
    >
      <Stated query={query} failed={t("trash.load_failed")}>
        {() =>
          people.length === 0 ? (
            <Empty icon="delete" title={t("trash.empty_title")}>
              {t("trash.empty")}
            </Empty>
          ) : (
            <>
              <ul className={classes.list} aria-label={t("trash.title")}>
                {people.map((person) => (
                  <li key={person.id} className={classes.item}>
                    <Avatar name={person.name} size={34} />
                    <span className={classes.main}>
                      <strong>{person.name}</strong>
                      {person.email && <span>{person.email}</span>}
                      <span>{rich("trash.when", { when: <When at={person.deleted_at} />, date: formatDate(person.purged_at) })}</span>
                    </span>
                    <Button
                      variant="default"
                      leftSection={<Glyph name="restore" />}
                      aria-label={t("trash.restore_one", { name: person.name })}
                      onClick={() => restore.mutate(person)}
                    >
                      {t("trash.restore")}
                    </Button>
                    {mayErase && (
                      <ActionIcon size={36} aria-label={t("erase.title", { name: person.name })} onClick={() => setErased(person)}>
                        <Glyph name="failed" />
                      </ActionIcon>
                    )}
                  </li>
                ))}
              </ul>
              <LoadMore shown={people.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
      {erased && <Erase key={erased.id} person={erased} opened onClose={() => setErased(null)} onErased={() => setErased(null)} />}
    </Page>
  );
}
