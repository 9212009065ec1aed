import { PasswordInput } from "@mantine/core";
import type { ComponentProps } from "react";
import { t } from "@/lib/i18n";
import { strengthOf } from "@/lib/strength";
import classes from "./new-password.module.css";

type Props = Omit<ComponentProps<typeof PasswordInput>, "value"> & { value: string };

/** A password that is being chosen, with how strong it is. The server has the last word: it knows those that leaked. */
export function NewPassword(props: Props) {
  const strength = strengthOf(props.value);
  return (
    <div>
      <PasswordInput
        label={t("password.new")}
        description={t("password.hint")}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
        {...props}
      />
      {props.value && (
        <div className={classes.strength}>
          <meter min={0} max={3} value={strength} aria-label={t("password.strength")} className={classes.meter} />
          <span aria-live="polite">{t(`password.strength_${strength}`)}</span>
        </div>
      )}
    </div>
  );
}
