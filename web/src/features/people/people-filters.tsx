import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "@/lib/i18n";
import { stageLabel, stages } from "@/lib/model";
import { ChipFilter, FilterBar, SearchField, SelectFilter } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import type { Filter } from "./api";
import classes from "./people.module.css";

interface Props {
  filter: Filter;
  /** On the board every stage has its column, and the order is always asked for. */
  board?: boolean;
  /** What the order is called in which they stand unless another is asked for, where that is not the newest first. */
  ownOrder?: string;
  views: ReactNode;
  onChange: (change: Partial<Record<"q" | "stage" | "tag" | "sort", string | undefined>>) => void;
}

export function PeopleFilters({ filter, board, ownOrder, views, onChange }: Props) {
  const stageOptions = [
    { value: "", label: t("list.all") },
    ...stages.map((stage) => ({ value: stage, label: stageLabel(stage) })),
  ];
  const sortOptions = [
    ...(ownOrder ? [{ value: "", label: ownOrder }] : []),
    { value: ownOrder ? "-created_at" : "", label: t("people.sort.newest") },
    { value: "created_at", label: t("people.sort.oldest") },
    { value: "name", label: t("people.sort.name") },
    { value: "-name", label: t("people.sort.name_down") },
    { value: "-last_contacted", label: t("people.sort.contacted") },
    { value: "last_contacted", label: t("people.sort.untouched") },
  ];
  return (
    <FilterBar>
      {views}
      <SearchField value={filter.q ?? ""} onChange={(q) => onChange({ q })} label={t("people.search")} />
      {!board && (
        <ChipFilter
          label={t("people.stage")}
          value={filter.stage ?? ""}
          options={stageOptions}
          onChange={(stage) => onChange({ stage })}
        />
      )}
      {filter.tag && (
        <UnstyledButton
          className={classes.tagFilter}
          onClick={() => onChange({ tag: undefined })}
          aria-label={t("people.clear_tag", { tag: filter.tag })}
        >
          <Glyph name="tag" size={14} />
          {filter.tag}
          <Glyph name="close" size={14} />
        </UnstyledButton>
      )}
      <div className={classes.sort} data-always={board}>
        <SelectFilter
          label={t("list.sort")}
          value={filter.sort && (ownOrder || filter.sort !== "-created_at") ? filter.sort : ""}
          options={sortOptions}
          onChange={(sort) => onChange({ sort })}
        />
      </div>
    </FilterBar>
  );
}
