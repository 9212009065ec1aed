import { CloseButton } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "@/lib/i18n";
import { useShortcut } from "@/lib/keyboard";
import classes from "./bulk-bar.module.css";

interface Props {
  count: number;
  onClear: () => void;
  children: ReactNode;
}

/** What can be done with the chosen rows; there only while some are. */
export function BulkBar({ count, onClear, children }: Props) {
  useShortcut("close", onClear, count > 0);
  if (count === 0) return null;
  return (
    <div className={classes.bar} role="region" aria-label={t("list.bulk")}>
      <span className={classes.count} aria-live="polite">
        {t("list.chosen", { count })}
      </span>
      {children}
      <CloseButton className={classes.clear} aria-label={t("list.clear_selection")} onClick={onClear} />
    </div>
  );
}
