import type { Certificate } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { useAct } from "@/ui/use-act";

interface Erasure {
  id: string;
  name: string;
  reason: string;
}

/** Erases a person with all that is kept about them. There is no way back. */
export const useErase = (done: (certificate: Certificate) => void) =>
  useAct({
    run: ({ id, reason }: Erasure) => call("erase_contact", { path: { id }, body: { reason } }),
    touches: [keys.erasures],
    renews: [["clients", "list"], ["clients", "search"], keys.trash, keys.tasks, keys.emails, keys.tags, keys.dashboard, keys.today],
    failed: ({ name }) => t("erase.failed", { name }),
    done,
  });
