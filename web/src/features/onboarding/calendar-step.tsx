import { useForm } from "@mantine/form";
import { t } from "@/lib/i18n";
import { StepFrame, type StepProps } from "./step-frame";

/** A calendar can be connected at any time later. */
export function CalendarStep(props: StepProps) {
  const form = useForm({ initialValues: {} });
  return (
    <StepFrame {...props} form={form} toData={() => ({ calendar_status: "later" })}>
      <p>{t("wizard.calendar_words")}</p>
    </StepFrame>
  );
}
