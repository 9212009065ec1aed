import { ActionIcon, Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Client } from "@/api/types.gen";
import { useNow } from "@/lib/clock";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { taskListOptions, useTaskActs } from "./api";
import { TaskRow } from "./task-row";
import classes from "./tasks.module.css";

/** A person's tasks: what is to come, and what was, on demand. */
export function ClientTasks({ client, onNew }: { client: Client; onNew: () => void }) {
  const query = useInfiniteQuery(taskListOptions({ client_id: client.id, sort: "scheduled_for" }, 100));
  const acts = useTaskActs();
  const now = useNow();
  const [past, setPast] = useState(false);
  const tasks = query.data?.pages.flatMap((page) => page.items) ?? [];
  const pending = tasks.filter((task) => task.status === "pending");
  const done = tasks.filter((task) => task.status !== "pending").toReversed();
  const add = (
    <ActionIcon aria-label={t("tasks.add")} onClick={onNew}>
      <Glyph name="add" />
    </ActionIcon>
  );
  return (
    <Section title={t("nav.tasks")} count={query.data ? pending.length : null} actions={add} className={classes.own}>
      <Stated query={query} failed={t("tasks.load_failed")} small>
        {() => (
          <>
            {pending.length === 0 && (
              <Empty small title={t("tasks.none_pending_title")}>
                {t("tasks.none_pending")}
              </Empty>
            )}
            {pending.length + done.length > 0 && (
              <ul className={classes.list}>
                {[...pending, ...(past ? done : [])].map((task) => (
                  <TaskRow key={task.id} task={task} acts={acts} now={now} zone={client.zone} own />
                ))}
              </ul>
            )}
            {done.length > 0 && (
              <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setPast(!past)} aria-expanded={past}>
                {past ? t("tasks.hide_done") : t("tasks.show_done", { count: done.length })}
              </Button>
            )}
          </>
        )}
      </Stated>
    </Section>
  );
}
