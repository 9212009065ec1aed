import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useNow } from "@/lib/clock";
import { dayKey } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useShortcut } from "@/lib/keyboard";
import { label, taskStatuses } from "@/lib/model";
import { useUrlState } from "@/lib/url-state";
import { DownloadMenu } from "@/ui/download-menu";
import { ChipFilter, FilterBar } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Loading, Stated } from "@/ui/states";
import { type Filter, taskListOptions } from "./api";
import { NewTaskDrawer } from "./new-task";
import { TaskList } from "./task-list";
import { TasksBulk } from "./tasks-bulk";

const TaskCalendar = lazy(() => import("./calendar"));

const views = [...taskStatuses.slice(0, 1), "overdue", "today", "failed", ...taskStatuses.slice(1), "all"] as const;
type View = (typeof views)[number];

/** Until when, for what is overdue or due today; to the minute, so that a list is not asked for anew all the time. */
function untilOf(view: View, now: Date): string | undefined {
  if (view === "overdue") return new Date(Math.floor(now.getTime() / 60_000) * 60_000).toISOString();
  if (view !== "today") return undefined;
  const midnight = new Date(`${dayKey(now)}T00:00:00`);
  midnight.setDate(midnight.getDate() + 1);
  return midnight.toISOString();
}

const filters: Record<View, Filter> = {
  overdue: { status: "pending", sort: "scheduled_for" },
  today: { status: "pending", sort: "scheduled_for" },
  pending: { status: "pending", sort: "scheduled_for" },
  failed: { failed: true, sort: "scheduled_for" },
  completed: { status: "completed", sort: "-scheduled_for" },
  skipped: { status: "skipped", sort: "-scheduled_for" },
  cancelled: { status: "cancelled", sort: "-scheduled_for" },
  all: { sort: "-scheduled_for" },
};

export function TasksPage() {
  const [url, setUrl] = useUrlState(["status", "view"]);
  const now = useNow(60_000);
  const calendar = url.view === "calendar";
  const view = views.find((known) => known === url.status) ?? "pending";
  const filter = { ...filters[view], due_before: untilOf(view, now) };
  const query = useInfiniteQuery({ ...taskListOptions(filter), enabled: !calendar, placeholderData: (previous) => previous });
  const failed = useInfiniteQuery(taskListOptions({ failed: true }, 1));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const choosable = !calendar && ["pending", "overdue", "today", "failed"].includes(view);
  const toggle = (id: string) =>
    setSelected((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]));
  const drawer = useDrawer("new");
  useShortcut("new", () => drawer.open());

  const tasks = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const attention = failed.data?.pages[0]?.total ?? 0;
  const add = (
    <Button leftSection={<Glyph name="add" />} onClick={() => drawer.open()}>
      {t("tasks.add")}
    </Button>
  );
  const actions = (
    <>
      {!calendar && <DownloadMenu list="/api/tasks" filter={filter} />}
      {add}
    </>
  );
  const options = views
    .filter((value) => value !== "failed" || attention > 0 || view === "failed")
    .map((value) => ({
      value,
      label: value === "all" ? t("list.all") : label("task_view", value),
      count: value === "failed" ? attention : undefined,
    }));

  return (
    <Page title={t("nav.tasks")} aside={typeof total === "number" ? t("tasks.total", { count: total }) : undefined} actions={actions}>
      <FilterBar>
        <SegmentedControl
          aria-label={t("tasks.view")}
          value={calendar ? "calendar" : "list"}
          onChange={(value) => setUrl({ view: value === "calendar" ? value : undefined })}
          data={[
            { value: "list", label: t("tasks.as_list") },
            { value: "calendar", label: t("tasks.as_calendar") },
          ]}
        />
        {!calendar && <ChipFilter
          label={t("tasks.filter")}
          value={view}
          options={options}
          onChange={(value) => setUrl({ status: value === "pending" ? undefined : value })}
        />}
      </FilterBar>
      {calendar ? (
        <Suspense fallback={<Loading />}>
          <TaskCalendar />
        </Suspense>
      ) : (
      <Stated query={query} failed={t("tasks.load_failed")}>
        {() =>
          tasks.length === 0 ? (
            <Empty icon={view === "failed" ? "done" : "tasks"} title={label("tasks_empty_title", view)} action={view === "pending" ? add : undefined}>
              {label("tasks_empty", view)}
            </Empty>
          ) : (
            <>
              <TaskList
                tasks={tasks}
                grouped={view === "pending"}
                chosen={choosable ? selected : undefined}
                onToggle={choosable ? toggle : undefined}
              />
              <LoadMore shown={tasks.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
      )}
      <TasksBulk chosen={tasks.filter(({ id }) => selected.has(id))} onDone={() => setSelected(new Set())} />
      <NewTaskDrawer opened={drawer.opened} onClose={drawer.close} />
    </Page>
  );
}
