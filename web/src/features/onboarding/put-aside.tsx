import { Button } from "@mantine/core";
import type { OnboardingWizard } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Empty } from "@/ui/states";

interface Props {
  wizard: OnboardingWizard;
  token?: string;
  onBack: () => void;
}

/** Saved, to go on with later: how to come back. */
export const Put = ({ wizard, token, onBack }: Props) => (
  <Empty
    whole
    icon="done"
    title={t("wizard.saved")}
    action={
      <Button variant="default" onClick={onBack}>
        {t("wizard.go_on")}
      </Button>
    }
  >
    {token ? t("wizard.come_back_by_link") : t("wizard.come_back_by_sign_in", { email: wizard.user.email ?? "" })}
  </Empty>
);
