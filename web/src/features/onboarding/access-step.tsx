import { Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { enums } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { StepFrame, type StepProps } from "./step-frame";
import classes from "./onboarding.module.css";

const fields = {
  website: "website_access_status",
  ga4: "ga4_access_status",
  google_ads: "google_ads_access_status",
  meta: "meta_access_status",
  forms: "website_forms_details_status",
} as const;
type Access = keyof typeof fields;

/** How to let the agency in without ever handing out a password. */
const Guide = ({ step }: { step: Access }) => (
  <details className={classes.guide}>
    <summary>{t(`wizard.guide.${step}`)}</summary>
    <ol>
      {t(`wizard.guide_steps.${step}`)
        .split("\n")
        .map((line) => (
          <li key={line}>{line}</li>
        ))}
    </ol>
    <p className={classes.hint}>{t("wizard.no_passwords")}</p>
  </details>
);

/** The steps that ask where access stands: one answer each, with a guide to granting it. */
export const accessStep = (step: Access) =>
  function AccessStep(props: StepProps) {
    const { wizard, draft } = props;
    const field = fields[step];
    const form = useForm<Record<string, string>>({
      initialValues: {
        [field]: String(draft[field] ?? wizard.profile[field] ?? ""),
        google_ads_account_id: String(draft.google_ads_account_id ?? wizard.profile.google_ads_account_id ?? ""),
      },
      validate: { [field]: (value: string) => (value ? null : t("wizard.choose_one")) },
    });
    const toData = (values: Record<string, string>) => ({
      [field]: values[field],
      ...(step === "google_ads" && { google_ads_account_id: values.google_ads_account_id }),
    });
    return (
      <StepFrame {...props} form={form} toData={toData}>
        <Radio.Group label={t(`wizard.question.${step}`)} withAsterisk {...form.getInputProps(field)}>
          <Stack gap="sm" mt="sm">
            {enums.BusinessProfile[field].map((value) => (
              <Radio key={value} value={value} label={label(`access.${step}`, value)} />
            ))}
          </Stack>
        </Radio.Group>
        {step === "google_ads" && (
          <TextInput label={t("wizard.ads_account")} placeholder="123-456-7890" inputMode="numeric" autoComplete="off" {...form.getInputProps("google_ads_account_id")} />
        )}
        <Guide step={step} />
      </StepFrame>
    );
  };
