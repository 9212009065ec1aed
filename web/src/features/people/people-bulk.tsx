import { Button, Menu } from "@mantine/core";
import type { BulkFilter, BulkJob, Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { stages } from "@/lib/model";
import { BulkBar } from "@/ui/bulk-bar";
import { Glyph } from "@/ui/icons";
import { StageMark } from "@/ui/stage";
import { type Change, useBulk, type Whom } from "./bulk-api";
import { BulkAssign } from "./bulk-assign";
import { BulkTags } from "./bulk-tags";

interface Props {
  chosen: Client[];
  /** All who match, where more do than are shown. */
  all: { filter: BulkFilter; total: number } | null;
  everyone: boolean;
  onEveryone: () => void;
  onDone: () => void;
  /** A change that goes on by itself, or that some could not follow. */
  onFollow: (job: BulkJob) => void;
}

/** What can be done with the chosen people. */
export function PeopleBulk({ chosen, all, everyone, onEveryone, onDone, onFollow }: Props) {
  const bulk = useBulk(onFollow);
  const whom: Whom = everyone && all ? all : { people: chosen };
  const act = (change: Change, assignee?: string) => {
    bulk.mutate({ change, whom, assignee });
    onDone();
  };
  return (
    <BulkBar count={everyone && all ? all.total : chosen.length} onClear={onDone}>
      {all && !everyone && (
        <Button variant="subtle" onClick={onEveryone}>
          {t("bulk.everyone", { count: all.total })}
        </Button>
      )}
      <Menu position="top">
        <Menu.Target>
          <Button variant="default" rightSection={<Glyph name="down" size={14} />}>
            {t("people.move")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {stages.map((stage) => (
            <Menu.Item key={stage} onClick={() => act({ action: "stage", stage })}>
              <StageMark stage={stage} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <BulkTags people={chosen} onAct={(change) => act(change)} />
      <BulkAssign onAssign={(member) => act({ action: "assign", assigned_to: member?.id ?? null }, member?.name)} />
      <Button variant="default" leftSection={<Glyph name="delete" />} onClick={() => act({ action: "delete" })}>
        {t("action.delete")}
      </Button>
    </BulkBar>
  );
}
