import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { fieldErrors, validators } from "@/lib/form";
import { t } from "@/lib/i18n";
import { Section } from "@/ui/section";
import { useChangeEmail } from "./api";
import classes from "./security.module.css";

/** Another address to sign in with: it counts once the letter to it is answered. */
export function ChangeEmail({ email }: { email: string }) {
  const form = useForm({ initialValues: { email: "" }, validate: validators("ForEmail") });
  const change = useChangeEmail();
  return (
    <Section title={t("security.email")}>
      <p className={classes.lead}>{t("security.email_lead", { email })}</p>
      {change.data && (
        <p className={classes.lead} role="status">
          {t("security.email_asked", { email: change.data.email })}
        </p>
      )}
      <form
        className={classes.form}
        noValidate
        onSubmit={form.onSubmit((values) =>
          change.mutate(values.email, {
            onSuccess: () => form.reset(),
            onError: (error) => form.setErrors(fieldErrors(error)),
          }),
        )}
      >
        <TextInput label={t("security.new_email")} type="email" autoComplete="email" {...form.getInputProps("email")} />
        <div>
          <Button type="submit" loading={change.isPending}>
            {t("security.email_ask")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
