import { Button, Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { Glyph, type IconName } from "./icons";
import { reasonOf, requestIdOf } from "./reason";
import classes from "./states.module.css";

interface EmptyProps {
  icon?: IconName;
  title: string;
  /** What the page is for, and what to do first. */
  children?: ReactNode;
  action?: ReactNode;
  /** For a part of a page instead of the whole. */
  small?: boolean;
  /** Where it is the whole page, its title is the page's. */
  whole?: boolean;
}

export function Empty({ icon = "empty", title, children, action, small, whole }: EmptyProps) {
  const Heading = whole ? "h1" : "p";
  return (
    <div className={classes.state} data-small={small || undefined}>
      {!small && (
        <span className={classes.emblem}>
          <Glyph name={icon} size={24} />
        </span>
      )}
      {small ? <p className={classes.title}>{title}</p> : <Heading className={classes.title}>{title}</Heading>}
      {children && <div className={classes.words}>{children}</div>}
      {action}
    </div>
  );
}

interface FailureProps {
  error: unknown;
  whole?: boolean;
  /** What was being done: "People could not be loaded". */
  title?: string;
  onRetry?: () => void;
  small?: boolean;
}

/** Says what happened, what to do, and the request's id to quote. */
export function Failure({ error, title, onRetry, small, whole }: FailureProps) {
  const Heading = whole ? "h1" : "p";
  const missing = isApiError(error, 404);
  const id = requestIdOf(error);
  return (
    <div className={classes.state} data-small={small || undefined} role="alert">
      {!small && (
        <span className={classes.emblem} data-bad>
          <Glyph name={missing ? "search" : "warning"} size={24} />
        </span>
      )}
      <Heading className={classes.title}>{title ?? t("error.load")}</Heading>
      <p className={classes.words}>{reasonOf(error)}</p>
      {onRetry && !missing && (
        <Button variant="default" leftSection={<Glyph name="refresh" />} onClick={onRetry}>
          {t("action.retry")}
        </Button>
      )}
      {id && <p className={classes.id}>{t("error.request_id", { id })}</p>}
    </div>
  );
}

/** Bars where rows will be. */
export function Loading({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  return (
    <div className={classes.loading} role="status" aria-label={t("state.loading")}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} radius="md" style={{ opacity: 1 - index / (rows + 2) }} />
      ))}
    </div>
  );
}

interface StatedProps<T> {
  query: Pick<UseQueryResult<T>, "data" | "error" | "isPending" | "refetch">;
  children: (data: T) => ReactNode;
  loading?: ReactNode;
  failed?: string;
  small?: boolean;
}

/** Draws the state that a query is in: loading, error, or its data. (Empty is the data's own to tell.) */
export function Stated<T>({ query, children, loading, failed, small }: StatedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return loading ?? <Loading rows={small ? 3 : 6} />;
  return <Failure error={query.error} title={failed} onRetry={() => void query.refetch()} small={small} />;
}
