import { Button, Menu } from "@mantine/core";
import type { Webhook } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import { useReplayFailed } from "./api";

/** How far back failed ones are looked for, in hours. */
const spans = [1, 24, 7 * 24] as const;

/** Sends again what failed at this address, all at once. */
export function ReplayFailed({ hook }: { hook: Webhook }) {
  const replay = useReplayFailed(hook.id);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" disabled={!hook.enabled} loading={replay.isPending} rightSection={<Glyph name="down" size={14} />}>
          {t("webhooks.replay_failed")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {spans.map((hours) => (
          <Menu.Item key={hours} onClick={() => replay.mutate(hours)}>
            {label("webhook_span", String(hours))}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
