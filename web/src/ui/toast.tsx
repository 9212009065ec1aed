import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { t } from "@/lib/i18n";
import { isApiError, randomKey } from "@/lib/http";
import { reasonOf, requestIdOf } from "./reason";
import classes from "./toast.module.css";

interface Toast {
  message: string;
  detail?: string;
  undo?: () => void;
  tone?: "plain" | "bad";
  /** One more thing that can be done instead of undo. */
  action?: { label: string; run: () => void };
}

/** How long something can be taken back, in milliseconds. */
export const undoable = 12_000;
let lastUndo: (() => void) | null = null;

/** Tells what was done; with `undo` it can be taken back for twelve seconds, by the button or the key. */
export function toast({ message, detail, undo, tone = "plain", action }: Toast): void {
  const id = randomKey();
  const run = (act: () => void) => () => {
    notifications.hide(id);
    act();
  };
  const takeBack = undo && run(undo);
  if (takeBack) {
    lastUndo = takeBack;
    setTimeout(() => {
      if (lastUndo === takeBack) lastUndo = null;
    }, undoable);
  }
  const offer = takeBack ? { label: t("action.undo"), act: takeBack } : action && { label: action.label, act: run(action.run) };
  notifications.show({
    id,
    withCloseButton: true,
    autoClose: tone === "bad" ? 15_000 : offer ? undoable : 4000,
    color: tone === "bad" ? "red" : "door",
    classNames: { root: classes.root },
    closeButtonProps: { "aria-label": t("action.dismiss") },
    message: (
      <div className={classes.body}>
        <div>
          <p className={classes.message}>{message}</p>
          {detail && <p className={classes.detail}>{detail}</p>}
        </div>
        {offer && (
          <Button size="compact-sm" variant="light" onClick={offer.act}>
            {offer.label}
          </Button>
        )}
      </div>
    ),
  });
}

/** Tells that something was refused, and why; with `again` it can be tried once more. */
export function toastError(message: string, error: unknown, again?: () => void): void {
  const id = isApiError(error) && error.status >= 500 ? requestIdOf(error) : null;
  const detail = id ? `${reasonOf(error)} ${t("error.request_id", { id })}` : reasonOf(error);
  toast({ message, detail, tone: "bad", action: again && { label: t("action.retry"), run: again } });
}

/** Takes back the last act that can be; the keyboard's "z". */
export function undoLast(): boolean {
  const undo = lastUndo;
  lastUndo = null;
  undo?.();
  return undo !== null;
}
