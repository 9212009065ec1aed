import { Checkbox, UnstyledButton } from "@mantine/core";
import {
  type ColumnDef,
  columnVisibilityFeature,
  type RowData,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useRef } from "react";
import { t } from "@/lib/i18n";
import { DataRow } from "./data-row";
import classes from "./data-table.module.css";
import { Glyph } from "./icons";
import { useListKeys } from "./list-keys";

/** What our tables can do; a feature that is not named here is not in the bundle. */
export const features = tableFeatures({ rowSelectionFeature, columnVisibilityFeature });

/** The ids of the chosen rows. */
export type Selection = Record<string, true>;

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** The column's share of the width, as a grid track. */
  track: string;
  /** The sort values of the API; the first click takes the first. */
  sort?: readonly [string, string];
  align?: "end";
}

interface Props<T extends RowData> {
  /** What the table lists, for a screen reader. */
  label: string;
  columns: Column<T>[];
  rows: T[];
  idOf: (row: T) => string;
  nameOf: (row: T) => string;
  selected: Selection;
  onSelect: (selected: Selection) => void;
  sort: string;
  onSort: (sort: string) => void;
  /** Puts the cells of a row in their places on a phone. */
  rowClassName?: string;
}

/** A list as a table on the desk and as cards on a phone, with keys, sorting and selection. */
export function DataTable<T extends RowData>(props: Props<T>) {
  const { label, columns, rows, idOf, selected, onSelect, sort, onSort } = props;
  const body = useRef<HTMLDivElement>(null);
  const anchor = useRef<number | null>(null);
  const table = useTable({
    features,
    data: rows,
    columns: columns.map(({ id }): ColumnDef<typeof features, T> => ({ id, accessorFn: idOf })),
    getRowId: idOf,
    state: { rowSelection: selected },
    onRowSelectionChange: (change) => onSelect(typeof change === "function" ? change(selected) : change),
  });
  const toggle = (index: number, range: boolean) => {
    const from = range && anchor.current !== null ? anchor.current : index;
    const ids = rows.slice(Math.min(from, index), Math.max(from, index) + 1).map(idOf);
    const next = { ...selected };
    const on = !next[idOf(rows[index] as T)];
    for (const id of ids) {
      if (on) next[id] = true;
      else delete next[id];
    }
    anchor.current = index;
    onSelect(next);
  };
  useListKeys(body, { onSelect: (id) => toggle(rows.findIndex((row) => idOf(row) === id), false) });
  const tracks = ["2rem", ...columns.map((column) => column.track)].join(" ");
  const visible = new Set(table.getVisibleLeafColumns().map((column) => column.id));

  return (
    <div className={classes.table} role="table" aria-label={label} style={{ "--tracks": tracks } as React.CSSProperties}>
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row}>
          <span role="columnheader" className={classes.check}>
            <Checkbox
              size="xs"
              aria-label={t("list.select_all")}
              checked={table.getIsAllRowsSelected()}
              indeterminate={table.getIsSomeRowsSelected()}
              onChange={table.getToggleAllRowsSelectedHandler()}
            />
          </span>
          {columns.filter(({ id }) => visible.has(id)).map((column) => (
            <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={body}>
        {table.getRowModel().rows.map((row, index) => (
          <DataRow
            key={row.id}
            id={row.id}
            name={props.nameOf(row.original)}
            className={props.rowClassName}
            chosen={row.getIsSelected()}
            onToggle={(range) => toggle(index, range)}
            cells={columns.filter(({ id }) => visible.has(id)).map(({ id, align, cell }) => ({ id, align, content: cell(row.original) }))}
          />
        ))}
      </div>
    </div>
  );
}

interface HeaderProps<T> {
  column: Column<T>;
  sort: string;
  onSort: (sort: string) => void;
}

function HeaderCell<T>({ column, sort, onSort }: HeaderProps<T>) {
  const place = column.sort?.indexOf(sort) ?? -1;
  if (!column.sort) {
    return (
      <span role="columnheader" data-align={column.align}>
        {column.header}
      </span>
    );
  }
  const [first, second] = column.sort;
  const descending = sort.startsWith("-");
  return (
    <span role="columnheader" data-align={column.align} aria-sort={place < 0 ? "none" : descending ? "descending" : "ascending"}>
      <UnstyledButton className={classes.sort} data-on={place >= 0 || undefined} onClick={() => onSort(place === 0 ? second : first)}>
        {column.header}
        {place >= 0 && <Glyph name={descending ? "sortDown" : "sortUp"} size={13} />}
      </UnstyledButton>
    </span>
  );
}
