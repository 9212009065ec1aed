import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { t } from "@/lib/i18n";
import { stageLabel, stages } from "@/lib/model";
import { ChipFilter, FilterBar, SearchField, SelectFilter } from "@/ui/filter-bar";
import { Glyph, type IconName } from "@/ui/icons";
import type { Filter } from "./api";
import { filterWords } from "./field-filter";
import { FieldFilterForm } from "./field-filter-form";
import { customFieldsOptions } from "./field-values";
import { membersOptions } from "./members-api";
import classes from "./people.module.css";

interface Props {
  filter: Filter;
  /** On the board every stage has its column, and the order is always asked for. */
  board?: boolean;
  /** What the order is called in which they stand unless another is asked for, where that is not the newest first. */
  ownOrder?: string;
  views: ReactNode;
  onChange: (change: Partial<Record<keyof Filter, string | undefined>>) => void;
}

export function PeopleFilters({ filter, board, ownOrder, views, onChange }: Props) {
  const stageOptions = [
    { value: "", label: t("list.all") },
    ...stages.map((stage) => ({ value: stage, label: stageLabel(stage) })),
  ];
  const members = useQuery(membersOptions).data ?? [];
  const fields = useQuery(customFieldsOptions).data?.items ?? [];
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
      {members.length > 1 && (
        <SelectFilter
          label={t("people.assigned_to")}
          value={filter.assigned_to ?? ""}
          options={[{ value: "", label: t("people.anybodys") }, ...members.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(member) => onChange({ assigned_to: member || undefined })}
        />
      )}
      {filter.tag && <Chosen icon="tag" words={filter.tag} clear={t("people.clear_tag", { tag: filter.tag })} onClear={() => onChange({ tag: undefined })} />}
      {filter.field && (
        <Chosen
          icon="edit"
          words={filterWords(filter.field, fields)}
          clear={t("people.clear_field", { field: filterWords(filter.field, fields) })}
          onClear={() => onChange({ field: undefined })}
        />
      )}
      {!filter.field && fields.length > 0 && <FieldFilterForm fields={fields} onChoose={(field) => onChange({ field })} />}
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

interface ChosenProps {
  icon: IconName;
  words: string;
  clear: string;
  onClear: () => void;
}

/** What the people have in common, to be taken off again. */
const Chosen = ({ icon, words, clear, onClear }: ChosenProps) => (
  <UnstyledButton className={classes.tagFilter} onClick={onClear} aria-label={clear}>
    <Glyph name={icon} size={14} />
    {words}
    <Glyph name="close" size={14} />
  </UnstyledButton>
);
