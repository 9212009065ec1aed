import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { fieldErrors } from "@/lib/form";
import { t } from "@/lib/i18n";
import { NewPassword } from "@/ui/new-password";
import { Section } from "@/ui/section";
import { toastError } from "@/ui/toast";
import { useChangePassword } from "./api";
import classes from "./security.module.css";

const required = (value: string) => (value ? null : t("form.required"));

export function ChangePassword() {
  const form = useForm({
    initialValues: { current_password: "", new_password: "" },
    validate: { current_password: required, new_password: required },
  });
  const change = useChangePassword(() => form.reset());
  return (
    <Section title={t("security.password")}>
      <p className={classes.lead}>{t("security.password_lead")}</p>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.onSubmit((values) =>
          change.mutate(values, {
            onError: (error) => {
              const fields = fieldErrors(error);
              if (Object.keys(fields).length) form.setErrors(fields);
              else toastError(t("security.not_changed"), error);
            },
          }),
        )}
      >
        <PasswordInput
          label={t("security.current")}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
          {...form.getInputProps("current_password")}
        />
        <NewPassword {...form.getInputProps("new_password")} value={form.values.new_password} />
        <div>
          <Button type="submit" loading={change.isPending}>
            {t("security.change")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
