import { useInfiniteQuery } from "@tanstack/react-query";
import { type Delivery, enums, type Webhook } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { oneOf, useUrlState } from "@/lib/url-state";
import { DownloadMenu } from "@/ui/download-menu";
import { ChipFilter, FilterBar } from "@/ui/filter-bar";
import { LoadMore } from "@/ui/load-more";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { deliveriesOptions } from "./api";
import { DeliveryDrawer } from "./delivery-drawer";
import { ReplayFailed } from "./replay-failed";
import classes from "./webhooks.module.css";

/** What was sent there. */
export function DeliveryLog({ hook }: { hook: Webhook }) {
  const { id } = hook;
  const [url, setUrl] = useUrlState(["state"]);
  const state = oneOf(enums.Delivery.state, url.state);
  const query = useInfiniteQuery({ ...deliveriesOptions(id, state), placeholderData: (previous) => previous });
  const drawer = useDrawer("event");
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const options = [
    { value: "", label: t("list.all") },
    ...enums.Delivery.state.map((value) => ({ value, label: label("delivery_state", value) })),
  ];
  const actions = (
    <>
      <DownloadMenu list={`/api/webhooks/${id}/deliveries`} filter={{ state }} />
      <ReplayFailed hook={hook} />
    </>
  );
  return (
    <Section title={t("webhooks.log")} count={total} actions={actions}>
      <FilterBar>
        <ChipFilter label={t("emails.status")} value={state ?? ""} options={options} onChange={(next) => setUrl({ state: next })} />
      </FilterBar>
      <Stated query={query} failed={t("webhooks.log_failed")} small>
        {() =>
          items.length === 0 ? (
            <Empty small title={t("webhooks.log_empty_title")}>
              {t("webhooks.log_empty")}
            </Empty>
          ) : (
            <>
              <ul className={rows.list}>
                {items.map((item) => (
                  <Sent key={item.event_id} item={item} onOpen={() => drawer.open(item.event_id)} />
                ))}
              </ul>
              <LoadMore shown={items.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
      <DeliveryDrawer id={id} eventId={drawer.value} onClose={drawer.close} />
    </Section>
  );
}

const Sent = ({ item, onOpen }: { item: Delivery; onOpen: () => void }) => (
  <li className={rows.opening}>
    <div className={rows.what}>
      <button type="button" className={rows.open} onClick={onOpen}>
        {item.event_type}
      </button>
      <p className={rows.second}>
        <span className={classes[item.state]}>{label("delivery_state", item.state)}</span>
        {item.attempts > 1 && <span>{t("jobs.attempts", { count: item.attempts })}</span>}
        {item.last_error && <span>{item.last_error}</span>}
      </p>
    </div>
    <span className={classes.at}>
      <When at={item.created_at} />
    </span>
  </li>
);
