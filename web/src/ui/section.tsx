import { type ReactNode, useId } from "react";
import classes from "./section.module.css";

interface Props {
  title: string;
  count?: number | null;
  actions?: ReactNode;
  /** Draws the section as a card of its own. */
  card?: boolean;
  className?: string;
  children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, count, actions, card, className, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={className} data-card={card || undefined}>
      <div className={card ? classes.card : undefined}>
        <header className={classes.header}>
          <h2 id={id}>
            {title}
            {typeof count === "number" && <span className={classes.count}>{count}</span>}
          </h2>
          {actions && <div className={classes.actions}>{actions}</div>}
        </header>
        {children}
      </div>
    </section>
  );
}
