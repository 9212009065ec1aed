import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "@/lib/i18n";
import { searchPeople, usePeopleWithoutServer } from "@/lib/kept-people";
import { useShortcut } from "@/lib/keyboard";
import { oneOf, useUrlState } from "@/lib/url-state";
import { stages } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import type { Selection } from "@/ui/data-table";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { clientListOptions, type Filter, type Sort, sorts } from "./api";
import { BulkProgress } from "./bulk-progress";
import { LayoutSwitch } from "./layout-switch";
import { NewPerson } from "./new-person";
import { PeopleBulk } from "./people-bulk";
import { PeopleFilters } from "./people-filters";
import { PeopleMore } from "./people-more";
import { PeopleTable } from "./people-table";
import { useDefaultView, viewed } from "./views-api";
import { ViewsMenu } from "./views-menu";

const nothingSought = Object.fromEntries(viewed.map((name) => [name, undefined]));

export function PeoplePage() {
  const [url, setUrl] = useUrlState([...viewed, "sort", "job", "view"]);
  const { q, tag, assigned_to, field } = url;
  const sought = { q, stage: oneOf(stages, url.stage), tag, assigned_to, field };
  const filter: Filter = { ...sought, sort: oneOf(sorts, url.sort) };
  const query = useInfiniteQuery({ ...clientListOptions(filter), placeholderData: (previous) => previous });
  useDefaultView();
  const [selected, setSelected] = useState<Selection>({});
  const [everyone, setEveryone] = useState(false);
  const drawer = useDrawer("new");
  useShortcut("new", () => drawer.open());

  const kept = usePeopleWithoutServer(query.data ? null : query.error);
  const people = query.data?.pages.flatMap((page) => page.items) ?? (kept ? searchPeople(kept, filter) : []);
  const total = query.data?.pages[0]?.total;
  const chosen = people.filter(({ id }) => selected[id]);
  const whole = chosen.length === people.length && typeof total === "number" && total > people.length;
  const choose = (next: Selection) => {
    setSelected(next);
    setEveryone(false);
  };
  const filtered = Object.values(sought).some(Boolean);
  const add = (
    <Button leftSection={<Glyph name="addPerson" />} onClick={() => drawer.open()}>
      {t("people.add")}
    </Button>
  );
  const nobody = filtered ? (
    <Empty
      icon="search"
      title={t("people.none_found")}
      action={
        <Button variant="default" onClick={() => setUrl(nothingSought)}>
          {t("list.clear_filters")}
        </Button>
      }
    >
      {t("people.none_found_words")}
    </Empty>
  ) : (
    <Empty icon="people" title={t("people.empty_title")} action={add}>
      {t("people.empty")}
    </Empty>
  );

  return (
    <Page
      title={t("nav.people")}
      aside={typeof total === "number" ? t("people.total", { count: total }) : query.data && t("list.many", { total: 10_000 })}
      actions={
        <>
          <LayoutSwitch />
          {add}
          <PeopleMore filter={filter} />
        </>
      }
    >
      <PeopleFilters filter={filter} onChange={setUrl} views={<ViewsMenu now={url} board={false} />} />
      {url.job && <BulkProgress key={url.job} id={url.job} onClose={() => setUrl({ job: undefined })} />}
      <Stated<unknown> query={kept ? { ...query, data: kept } : query} failed={t("people.load_failed")}>
        {() =>
          people.length === 0 ? (
            nobody
          ) : (
            <>
              <PeopleTable
                people={people}
                sort={filter.sort ?? "-created_at"}
                onSort={(sort: string) => setUrl({ sort: sort === "-created_at" ? undefined : (sort as Sort) })}
                selected={selected}
                onSelect={choose}
                onTag={(tag) => setUrl({ tag })}
              />
              {query.data && <LoadMore shown={people.length} total={total} {...query} />}
            </>
          )
        }
      </Stated>
      <PeopleBulk
        chosen={chosen}
        all={whole ? { filter: sought, total } : null}
        everyone={everyone}
        onEveryone={() => setEveryone(true)}
        onDone={() => choose({})}
        onFollow={(job) => setUrl({ job: job.id })}
      />
      <NewPerson opened={drawer.opened} onClose={drawer.close} />
    </Page>
  );
}
