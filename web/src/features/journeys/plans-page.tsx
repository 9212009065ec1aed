import { Button, Switch } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { JourneyTemplate } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { followupLabel, label, stageLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { useUrlState } from "@/lib/url-state";
import { ChipFilter, FilterBar } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { Empty, Stated } from "@/ui/states";
import { toastError } from "@/ui/toast";
import { type JourneyStatus, journeyListOptions, plansOptions, useChangePlan, useJourneyActs } from "./api";
import { JourneyRow } from "./journey-row";
import classes from "./journeys.module.css";
import { offsetWords } from "./offset";

const views = ["plans", "in_progress", "paused", "stopped", "completed"] as const;
type View = (typeof views)[number];

/** The follow-up plans, and the people who are on one. */
export function PlansPage() {
  const [url, setUrl] = useUrlState(["show"]);
  const view: View = views.find((known) => known === url.show) ?? "plans";
  const add = (
    <Button component={Link} to={paths.plan("new")} leftSection={<Glyph name="add" />}>
      {t("plans.add")}
    </Button>
  );
  return (
    <Page title={t("nav.journeys")} actions={add}>
      <FilterBar>
        <ChipFilter
          label={t("plans.show")}
          value={view}
          options={views.map((value) => ({ value, label: label("plans_view", value) }))}
          onChange={(value) => setUrl({ show: value === "plans" ? undefined : value })}
        />
      </FilterBar>
      {view === "plans" ? <Plans /> : <Running status={view} />}
    </Page>
  );
}

function Plans() {
  const query = useQuery(plansOptions);
  return (
    <Stated query={query} failed={t("plans.load_failed")}>
      {({ items }) => (
        <ul className={classes.plans}>
          {items.map((plan) => (
            <Plan key={plan.id} plan={plan} />
          ))}
        </ul>
      )}
    </Stated>
  );
}

/** When a plan starts, in words. */
export function startWords(plan: Pick<JourneyTemplate, "starts" | "stage">): string {
  if (plan.starts === "by_hand") return t("plans.starts_by_hand");
  if (!plan.stage) return t("plans.starts_new");
  return t(plan.starts === "new_client" ? "plans.starts_new_in" : "plans.starts_entering", { stage: stageLabel(plan.stage) });
}

function Plan({ plan }: { plan: JourneyTemplate }) {
  const change = useChangePlan();
  const toggle = () =>
    change.mutate(
      { id: plan.id, patch: { active: !plan.active } },
      { onError: (error) => toastError(t("plans.not_saved"), error) },
    );
  return (
    <li className={classes.plan} data-off={!plan.active || undefined}>
      <div className={classes.planHead}>
        <h2>
          <Link to={paths.plan(plan.id)}>{plan.name}</Link>
        </h2>
        <Switch
          checked={plan.active}
          onChange={toggle}
          label={t(plan.active ? "plans.on" : "plans.off")}
          aria-label={t("plans.active_of", { name: plan.name })}
        />
      </div>
      <p className={classes.second}>
        {`${startWords(plan)} · ${t("plans.running", { count: plan.running })}`}
      </p>
      <ol className={classes.stepList}>
        {plan.steps.map((step) => (
          <li key={step.id}>
            <span className={classes.stepName}>{followupLabel(step.name)}</span>
            <span className={classes.second}>
              {[
                offsetWords(step.offset_minutes),
                label("channel", step.channel),
                step.mode === "approve" ? t("plans.with_approval") : "",
              ].filter(Boolean).join(", ")}
            </span>
          </li>
        ))}
      </ol>
    </li>
  );
}

function Running({ status }: { status: JourneyStatus }) {
  const query = useInfiniteQuery({ ...journeyListOptions({ status }), placeholderData: (previous) => previous });
  const acts = useJourneyActs();
  const journeys = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stated query={query} failed={t("journeys.load_failed")}>
      {() =>
        journeys.length === 0 ? (
          <Empty icon="journeys" title={t("journeys.none_title")}>
            {t("journeys.none")}
          </Empty>
        ) : (
          <>
            <ul className={classes.list}>
              {journeys.map((journey) => (
                <JourneyRow key={journey.id} journey={journey} acts={acts} />
              ))}
            </ul>
            <LoadMore shown={journeys.length} total={query.data?.pages[0]?.total} {...query} />
          </>
        )
      }
    </Stated>
  );
}
