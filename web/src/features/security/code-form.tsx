import { Button, TextInput } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import { fieldErrors } from "@/lib/form";
import { t } from "@/lib/i18n";
import { toastError } from "@/ui/toast";
import classes from "./security.module.css";

interface Props<Result> {
  label: string;
  action: string;
  // The rest of a mutation is of no interest here.
  act: Pick<UseMutationResult<Result, unknown, string, unknown>, "isPending" | "mutate">;
  onDone?: (result: Result) => void;
  onCancel: () => void;
}

/** Something that a code has to confirm. */
export function CodeForm<Result>({ label, action, act, onDone, onCancel }: Props<Result>) {
  const [code, setCode] = useState("");
  const [error, setError] = useState<string | null>(null);
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setError(null);
        act.mutate(code.trim(), {
          onSuccess: onDone,
          onError: (reason) => {
            const { code: words } = fieldErrors(reason);
            if (words) setError(words);
            else toastError(t("security.failed"), reason);
          },
        });
      }}
    >
      <TextInput
        label={label}
        autoComplete="one-time-code"
        // It appears because it was asked for.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={code}
        error={error}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <div className={classes.row}>
        <Button type="submit" loading={act.isPending} disabled={code.trim() === ""}>
          {action}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
