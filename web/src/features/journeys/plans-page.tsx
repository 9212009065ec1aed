import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { t } from "@/lib/i18n";
import { lettersOptions } from "@/lib/letters";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { useUrlState } from "@/lib/url-state";
import { DownloadMenu } from "@/ui/download-menu";
import { ChipFilter, FilterBar } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { Empty, Stated } from "@/ui/states";
import { type JourneyStatus, journeyListOptions, plansOptions, useJourneyActs } from "./api";
import { JourneyRow } from "./journey-row";
import classes from "./journeys.module.css";
import { PlanCard } from "./plan-card";

const views = ["plans", "in_progress", "paused", "stopped", "completed"] as const;
type View = (typeof views)[number];

/** The follow-up plans, and the people who are on one. */
export function PlansPage() {
  const [url, setUrl] = useUrlState(["show"]);
  const view: View = views.find((known) => known === url.show) ?? "plans";
  const actions = (
    <>
      {view === "plans" ? <DownloadMenu list="/api/journey-templates" /> : <DownloadMenu list="/api/journeys" filter={{ status: view }} />}
      <Button component={Link} to={paths.plan("new")} leftSection={<Glyph name="add" />}>
        {t("plans.add")}
      </Button>
    </>
  );
  return (
    <Page title={t("nav.journeys")} actions={actions}>
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
  const named = query.data?.items.some((plan) => plan.steps.some((step) => step.letter_id)) ?? false;
  const letters = useQuery({ ...lettersOptions, enabled: named });
  const names = letters.data && new Map(letters.data.items.map(({ id, name }) => [id, name]));
  return (
    <Stated query={query} failed={t("plans.load_failed")}>
      {({ items }) => (
        <ul className={classes.plans}>
          {items.map((plan) => (
            <PlanCard key={plan.id} plan={plan} letters={names} />
          ))}
        </ul>
      )}
    </Stated>
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
