import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { enums, type HubClient } from "@/api/types.gen";
import { actIn } from "@/lib/acting";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { useMay } from "@/lib/permissions";
import { oneOf, useUrlState } from "@/lib/url-state";
import { Avatar } from "@/ui/avatar";
import { ChipFilter, FilterBar, SearchField } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import rows from "@/ui/rows.module.css";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { Mark } from "@/ui/status";
import { When } from "@/ui/when";
import { businessListOptions, toneOf } from "./api";
import { NewBusiness } from "./new-business";
import classes from "./hub.module.css";

const states = enums.OnboardingProgress.state;

/** The agency's businesses, and how far each is. */
export function BusinessesPage() {
  const [url, setUrl] = useUrlState(["q", "state"] as const);
  const filter = { q: url.q, state: oneOf(states, url.state) };
  const query = useInfiniteQuery({ ...businessListOptions(filter), placeholderData: (previous) => previous });
  const drawer = useDrawer("new");
  const mayAdd = useMay("create_business");
  const businesses = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const add = mayAdd && (
    <Button leftSection={<Glyph name="add" />} onClick={() => drawer.open()}>
      {t("hub.add")}
    </Button>
  );
  const options = [{ value: "", label: t("list.all") }, ...states.map((state) => ({ value: state, label: label("onboarding_state", state) }))];
  return (
    <Page title={t("nav.hub")} aside={typeof total === "number" && t("hub.total", { count: total })} actions={add}>
      <FilterBar>
        <SearchField value={filter.q ?? ""} onChange={(q) => setUrl({ q })} label={t("hub.search")} />
        <ChipFilter label={t("hub.state")} value={filter.state ?? ""} options={options} onChange={(state) => setUrl({ state })} />
      </FilterBar>
      <Stated query={query} failed={t("hub.load_failed")}>
        {() =>
          businesses.length === 0 ? (
            filter.q || filter.state ? (
              <Empty icon="search" title={t("hub.none_found")} />
            ) : (
              <Empty icon="business" title={t("hub.empty_title")} action={add}>
                {t("hub.empty")}
              </Empty>
            )
          ) : (
            <>
              <ul className={rows.list} aria-label={t("nav.hub")}>
                {businesses.map((business) => (
                  <BusinessRow key={business.id} business={business} />
                ))}
              </ul>
              <LoadMore shown={businesses.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
      <NewBusiness opened={drawer.opened} onClose={drawer.close} />
    </Page>
  );
}

function BusinessRow({ business }: { business: HubClient }) {
  const { state, steps } = business.onboarding;
  const name = business.business_name ?? business.name;
  const done = steps.filter((step) => step.done).length;
  return (
    <li className={rows.wrapping}>
      <Avatar name={name} size={38} />
      <div className={rows.what}>
        <Link to={paths.business(business.id)} className={classes.name}>
          {name}
        </Link>
        <p className={rows.second}>
          {name !== business.name && <span>{business.name}</span>}
          <span>{business.email}</span>
          <span>
            {t("hub.since")} <When at={business.created_at} />
          </span>
        </p>
      </div>
      <div className={classes.state}>
        <Mark tone={toneOf(state)}>{label("onboarding_state", state)}</Mark>
        {state === "in_progress" && <span className={rows.second}>{t("hub.steps_done", { done, total: steps.length })}</span>}
      </div>
      <Button variant="default" aria-label={t("hub.switch_into", { name })} onClick={() => actIn(business.id, paths.console)}>
        {t("hub.switch")}
      </Button>
    </li>
  );
}
