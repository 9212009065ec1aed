import { Checkbox } from "@mantine/core";
import { memo, type ReactNode } from "react";
import { t } from "@/lib/i18n";
import classes from "./data-table.module.css";

interface Cell {
  id: string;
  align?: "end";
  content: ReactNode;
}

interface Props {
  id: string;
  name: string;
  className?: string;
  chosen: boolean;
  onToggle: (range: boolean) => void;
  cells: Cell[];
}

export const DataRow = memo(function DataRow({ id, name, className, chosen, onToggle, cells }: Props) {
  return (
    <div
      role="row"
      data-row={id}
      data-chosen={chosen || undefined}
      aria-selected={chosen}
      className={`${classes.row} ${classes.data} ${className ?? ""}`}
    >
      <span role="cell" className={classes.check}>
        <Checkbox
          size="xs"
          checked={chosen}
          onChange={() => {}}
          onClick={(event) => onToggle(event.shiftKey)}
          aria-label={t("list.select_one", { name })}
        />
      </span>
      {cells.map((cell) => (
        <div role="cell" key={cell.id} data-cell={cell.id} data-align={cell.align}>
          {cell.content}
        </div>
      ))}
    </div>
  );
});
