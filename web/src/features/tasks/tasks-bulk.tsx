import { Button, Menu } from "@mantine/core";
import type { FollowUpTask, TaskChange } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { patchCached } from "@/lib/query";
import { BulkBar } from "@/ui/bulk-bar";
import { Glyph } from "@/ui/icons";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

interface Deed {
  changes: TaskChange[];
  /** Exactly what it was like before. */
  back?: TaskChange[];
}

/** Many tasks at once: shown at once, taken back by one undo. */
function useBulk() {
  const act = useAct({
    run: ({ changes }: Deed) => call("update_tasks", { body: { items: changes } }),
    touches: [keys.tasks],
    renews: [keys.timelines, keys.clients, keys.journeys, keys.today, keys.dashboard],
    change: (client, { changes }) => {
      for (const { id, status, scheduled_for: at } of changes) {
        patchCached<FollowUpTask>(client, keys.tasks, [id], { ...(status && { status }), ...(at && { scheduled_for: at }) });
      }
    },
    failed: () => t("tasks.bulk_failed"),
    done: ({ updated_count: count, failures }, { back }) =>
      toast({
        message: t("tasks.bulk_done", { count }),
        detail: failures.length > 0 ? `${t("people.some_failed", { count: failures.length })}: ${failures[0]?.reason}` : undefined,
        undo: back && (() => act.mutate({ changes: back })),
      }),
  });
  return act;
}

const day = 86_400_000;

export function TasksBulk({ chosen, onDone }: { chosen: FollowUpTask[]; onDone: () => void }) {
  const bulk = useBulk();
  const setStatus = (status: "completed" | "skipped") => {
    bulk.mutate({
      changes: chosen.map(({ id }) => ({ id, status })),
      back: chosen.map(({ id }) => ({ id, status: "pending" })),
    });
    onDone();
  };
  const move = (days: number) => {
    const later = (at: string) => new Date(new Date(at).getTime() + days * day).toISOString();
    bulk.mutate({
      changes: chosen.map(({ id, scheduled_for: at }) => ({ id, scheduled_for: later(at) })),
      back: chosen.map(({ id, scheduled_for: at }) => ({ id, scheduled_for: at })),
    });
    onDone();
  };
  return (
    <BulkBar count={chosen.length} onClear={onDone}>
      <Button variant="default" leftSection={<Glyph name="check" />} onClick={() => setStatus("completed")}>
        {t("action.done")}
      </Button>
      <Button variant="default" leftSection={<Glyph name="skip" />} onClick={() => setStatus("skipped")}>
        {t("tasks.skip")}
      </Button>
      <Menu position="top">
        <Menu.Target>
          <Button variant="default" leftSection={<Glyph name="reschedule" />} rightSection={<Glyph name="down" size={14} />}>
            {t("tasks.reschedule")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {[1, 3, 7, 30].map((days) => (
            <Menu.Item key={days} onClick={() => move(days)}>
              {t("tasks.later_by", { count: days })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </BulkBar>
  );
}
