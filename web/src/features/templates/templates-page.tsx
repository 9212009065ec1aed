import { ActionIcon, Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { Template } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { useUrlState } from "@/lib/url-state";
import { DownloadMenu } from "@/ui/download-menu";
import { FilterBar, SearchField } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import { useListKeys } from "@/ui/list-keys";
import { LoadMore } from "@/ui/load-more";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { Tag } from "@/ui/status";
import { templateListOptions, useDeleteTemplate } from "./api";
import { TemplateDrawer } from "./template-drawer";
import classes from "./templates.module.css";

/** The library of letters. */
export function TemplatesPage() {
  const [url, setUrl] = useUrlState(["q"]);
  const query = useInfiniteQuery({ ...templateListOptions(url.q || undefined), placeholderData: (previous) => previous });
  const drawer = useDrawer("letter");
  const remove = useDeleteTemplate();
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list, {});
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const add = (
    <Button leftSection={<Glyph name="add" />} onClick={() => drawer.open("new")}>
      {t("library.add")}
    </Button>
  );
  const actions = (
    <>
      <DownloadMenu list="/api/templates" filter={{ q: url.q || undefined }} />
      {add}
    </>
  );
  return (
    <Section title={t("settings.library")} count={total} actions={actions}>
      <p className={rows.lead}>{t("library.lead")}</p>
      {(items.length > 0 || url.q) && (
        <FilterBar>
          <SearchField label={t("library.search")} value={url.q ?? ""} onChange={(q) => setUrl({ q })} />
        </FilterBar>
      )}
      <Stated query={query} failed={t("library.load_failed")}>
        {() =>
          items.length === 0 ? (
            <Empty icon="note" title={t(url.q ? "library.none_found" : "library.empty_title")} action={url.q ? undefined : add}>
              {t(url.q ? "library.none_found_words" : "library.empty")}
            </Empty>
          ) : (
            <>
              <ul ref={list} className={rows.list}>
                {items.map((item) => (
                  <Item key={item.id} item={item} onOpen={() => drawer.open(item.id)} onDelete={() => remove.mutate(item)} />
                ))}
              </ul>
              <LoadMore shown={items.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
      <TemplateDrawer id={drawer.value} onClose={drawer.close} />
    </Section>
  );
}

interface ItemProps {
  item: Template;
  onOpen: () => void;
  onDelete: () => void;
}

const Item = ({ item, onOpen, onDelete }: ItemProps) => (
  <li className={rows.opening} data-row={item.id}>
    <div className={rows.what}>
      <button type="button" className={rows.open} data-row-link onClick={onOpen}>
        {item.name}
      </button>
      <p className={classes.subject}>{item.subject}</p>
    </div>
    <Tag>{label("language", item.language)}</Tag>
    <ActionIcon className={classes.remove} aria-label={t("library.delete_this", { name: item.name })} onClick={onDelete}>
      <Glyph name="delete" />
    </ActionIcon>
  </li>
);
