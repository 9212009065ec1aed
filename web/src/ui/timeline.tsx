import type { ReactNode } from "react";
import type { Tone } from "@/lib/model";
import { Glyph, type IconName } from "./icons";
import classes from "./timeline.module.css";
import { When } from "./when";

export interface TimelineEntry {
  id: string;
  icon: IconName;
  tone?: Tone;
  at: string;
  title: ReactNode;
  detail?: ReactNode;
  /** Who or what did it. */
  by?: string | null;
}

/** What happened, newest first, along a line. */
export function Timeline({ entries, label }: { entries: TimelineEntry[]; label: string }) {
  return (
    <ol className={classes.line} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} className={classes.entry}>
          <span className={classes.icon} data-tone={entry.tone}>
            <Glyph name={entry.icon} size={14} />
          </span>
          <div className={classes.body}>
            <p className={classes.title}>{entry.title}</p>
            {entry.detail && <div className={classes.detail}>{entry.detail}</div>}
            <p className={classes.meta}>
              <When at={entry.at} as="day" />
              {entry.by && <span>{entry.by}</span>}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
