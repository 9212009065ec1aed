import { useForm } from "@mantine/form";
import { useConnection } from "@/lib/calendar";
import { t } from "@/lib/i18n";
import { CalendarConnection } from "@/ui/calendar-connection";
import { StepFrame, type StepProps } from "./step-frame";

/** A calendar can be connected at any time later. */
export function CalendarStep(props: StepProps) {
  const form = useForm({ initialValues: {} });
  const connected = useConnection()?.connected ?? false;
  return (
    <StepFrame {...props} form={form} toData={() => ({ calendar_status: connected ? "connected" : "later" })}>
      <CalendarConnection returnTo="onboarding" />
      {!connected && <p>{t("wizard.calendar_words")}</p>}
    </StepFrame>
  );
}
