import { Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "@/lib/i18n";
import { BrandFiles } from "./brand-files";
import { orNull, StepFrame, type StepProps } from "./step-frame";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

export function BrandStep(props: StepProps) {
  const { wizard, token, draft } = props;
  const { profile } = wizard;
  const form = useForm({
    initialValues: {
      business_name: text(draft.business_name ?? profile.business_name),
      business_description: text(draft.business_description ?? profile.business_description),
      primary_brand_colors: text(draft.primary_brand_colors ?? profile.primary_brand_colors),
      brand_notes: text(draft.brand_notes ?? profile.brand_notes),
      website_url: text(draft.website_url ?? profile.website_url),
    },
    validate: { business_name: (value) => (value.trim() ? null : t("form.required")) },
  });
  const toData = ({ website_url: url, ...values }: typeof form.values) => ({ ...values, ...(orNull(url) && { website_url: url }) });
  return (
    <StepFrame {...props} form={form} toData={toData}>
      <TextInput label={t("wizard.business_name")} withAsterisk autoComplete="organization" {...form.getInputProps("business_name")} />
      <Textarea label={t("wizard.business_words")} autosize minRows={3} {...form.getInputProps("business_description")} />
      <TextInput label={t("wizard.website")} type="url" autoComplete="url" {...form.getInputProps("website_url")} />
      <TextInput label={t("wizard.colors")} description={t("wizard.colors_hint")} autoComplete="off" {...form.getInputProps("primary_brand_colors")} />
      <Textarea label={t("wizard.brand_notes")} autosize minRows={2} {...form.getInputProps("brand_notes")} />
      <BrandFiles assets={wizard.brand_assets} token={token} />
    </StepFrame>
  );
}
