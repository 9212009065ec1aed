import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "@/lib/i18n";
import { useShortcut } from "@/lib/keyboard";
import { label, taskStatuses } from "@/lib/model";
import { useUrlState } from "@/lib/url-state";
import { ChipFilter, FilterBar } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { type Filter, taskListOptions } from "./api";
import { NewTaskDrawer } from "./new-task";
import { TaskList } from "./task-list";

const views = [...taskStatuses.slice(0, 1), "failed", ...taskStatuses.slice(1), "all"] as const;
type View = (typeof views)[number];

const filters: Record<View, Filter> = {
  pending: { status: "pending", sort: "scheduled_for" },
  failed: { failed: true, sort: "scheduled_for" },
  completed: { status: "completed", sort: "-scheduled_for" },
  skipped: { status: "skipped", sort: "-scheduled_for" },
  cancelled: { status: "cancelled", sort: "-scheduled_for" },
  all: { sort: "-scheduled_for" },
};

export function TasksPage() {
  const [url, setUrl] = useUrlState(["status"]);
  const view = views.find((known) => known === url.status) ?? "pending";
  const query = useInfiniteQuery({ ...taskListOptions(filters[view]), placeholderData: (previous) => previous });
  const failed = useInfiniteQuery(taskListOptions({ failed: true }, 1));
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
  const options = views
    .filter((value) => value !== "failed" || attention > 0 || view === "failed")
    .map((value) => ({
      value,
      label: value === "all" ? t("list.all") : label("task_view", value),
      count: value === "failed" ? attention : undefined,
    }));

  return (
    <Page title={t("nav.tasks")} aside={typeof total === "number" ? t("tasks.total", { count: total }) : undefined} actions={add}>
      <FilterBar>
        <ChipFilter
          label={t("tasks.filter")}
          value={view}
          options={options}
          onChange={(value) => setUrl({ status: value === "pending" ? undefined : value })}
        />
      </FilterBar>
      <Stated query={query} failed={t("tasks.load_failed")}>
        {() =>
          tasks.length === 0 ? (
            <Empty icon={view === "failed" ? "done" : "tasks"} title={label("tasks_empty_title", view)} action={view === "pending" ? add : undefined}>
              {label("tasks_empty", view)}
            </Empty>
          ) : (
            <>
              <TaskList tasks={tasks} grouped={view === "pending"} />
              <LoadMore shown={tasks.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
      <NewTaskDrawer opened={drawer.opened} onClose={drawer.close} />
    </Page>
  );
}
