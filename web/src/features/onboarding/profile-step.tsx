import { Checkbox, Group, NativeSelect, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "@/lib/i18n";
import { orNull, StepFrame, type StepProps } from "./step-frame";
import classes from "./onboarding.module.css";

const channels = ["email", "phone", "sms", "whatsapp"] as const;
const leastPassword = 12;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const chosen = (prefs: unknown): string[] => (Array.isArray(prefs) ? prefs.filter((item) => typeof item === "string") : []);

/** Who they are, how to reach them; with an invitation the password too. */
export function ProfileStep(props: StepProps) {
  const { wizard, token, draft } = props;
  const { profile } = wizard;
  const alone = !wizard.agency;
  const form = useForm({
    initialValues: {
      display_name: text(draft.display_name ?? profile.display_name ?? wizard.user.name),
      password: "",
      phone: text(draft.phone ?? profile.phone),
      communication_prefs: chosen(draft.communication_prefs ?? profile.communication_prefs),
      front_desk_emails: text(draft.front_desk_emails ?? profile.front_desk_emails),
      form_email_recipients: text(draft.form_email_recipients ?? profile.form_email_recipients),
      zone: text(draft.zone) || profile.zone,
      website_url: text(draft.website_url ?? profile.website_url),
      video: text(draft.video ?? profile.video),
    },
    validate: {
      display_name: (value) => (value.trim() ? null : t("form.required")),
      password: (value) => (token && [...value].length < leastPassword ? t("form.too_short", { min: leastPassword }) : null),
    },
  });
  const toData = (values: typeof form.values) => ({
    display_name: values.display_name,
    communication_prefs: values.communication_prefs,
    ...(orNull(values.phone) && { phone: values.phone }),
    ...(token && { password: values.password }),
    ...(alone
      ? {
          zone: values.zone,
          ...(orNull(values.website_url) && { website_url: values.website_url }),
          ...(orNull(values.video) && { video: values.video }),
        }
      : { front_desk_emails: values.front_desk_emails, form_email_recipients: values.form_email_recipients }),
  });
  return (
    <StepFrame {...props} form={form} toData={toData}>
      <TextInput label={t("wizard.display_name")} withAsterisk autoComplete="name" {...form.getInputProps("display_name")} />
      {wizard.user.email && <TextInput label={t("wizard.email")} value={wizard.user.email} readOnly autoComplete="username" />}
      {token && (
        <PasswordInput
          label={t("wizard.password")}
          description={t("join.password_hint")}
          withAsterisk
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
          {...form.getInputProps("password")}
        />
      )}
      <TextInput label={t("wizard.phone")} type="tel" autoComplete="tel" {...form.getInputProps("phone")} />
      {alone ? (
        <Alone form={form} />
      ) : (
        <>
          <Checkbox.Group label={t("wizard.prefs")} {...form.getInputProps("communication_prefs")}>
            <Group mt="xs">
              {channels.map((channel) => (
                <Checkbox key={channel} value={channel} label={t(`wizard.channel.${channel}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          <Textarea label={t("wizard.front_desk")} description={t("wizard.many_emails")} autosize {...form.getInputProps("front_desk_emails")} />
          <Textarea label={t("wizard.form_recipients")} description={t("wizard.many_emails")} autosize {...form.getInputProps("form_email_recipients")} />
        </>
      )}
    </StepFrame>
  );
}

interface AloneProps {
  form: { getInputProps: (path: "zone" | "website_url" | "video") => object };
}

/** What a realtor who came alone tells of themselves. */
const Alone = ({ form }: AloneProps) => (
  <div className={classes.form}>
    <NativeSelect label={t("wizard.zone")} data={Intl.supportedValuesOf("timeZone")} {...form.getInputProps("zone")} />
    <TextInput label={t("wizard.website")} type="url" autoComplete="url" {...form.getInputProps("website_url")} />
    <TextInput label={t("wizard.video")} description={t("wizard.video_hint")} autoComplete="off" {...form.getInputProps("video")} />
  </div>
);
