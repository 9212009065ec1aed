import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { useAct } from "@/ui/use-act";

export const useRename = () =>
  useAct({
    run: (name: string) => call("update_me", { body: { name } }),
    touches: [keys.session],
    failed: () => t("profile.not_renamed"),
  });
