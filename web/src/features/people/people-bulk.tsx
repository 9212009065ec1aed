import { Button, Menu } from "@mantine/core";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { stages } from "@/lib/model";
import { BulkBar } from "@/ui/bulk-bar";
import { Glyph } from "@/ui/icons";
import { StageMark } from "@/ui/stage";
import { useDeleteClients, useMoveClients } from "./api";

/** What can be done with the chosen people. */
export function PeopleBulk({ chosen, onDone }: { chosen: Client[]; onDone: () => void }) {
  const move = useMoveClients();
  const remove = useDeleteClients();
  return (
    <BulkBar count={chosen.length} onClear={onDone}>
      <Menu position="top">
        <Menu.Target>
          <Button variant="default" rightSection={<Glyph name="down" size={14} />}>
            {t("people.move")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {stages.map((stage) => (
            <Menu.Item
              key={stage}
              onClick={() => {
                move.mutate({ clients: chosen, stage });
                onDone();
              }}
            >
              <StageMark stage={stage} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="default"
        leftSection={<Glyph name="delete" />}
        onClick={() => {
          remove.mutate({ clients: chosen });
          onDone();
        }}
      >
        {t("action.delete")}
      </Button>
    </BulkBar>
  );
}
