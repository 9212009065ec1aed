import { useInfiniteQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { enums } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { oneOf, useUrlState } from "@/lib/url-state";
import { ChipFilter, FilterBar } from "@/ui/filter-bar";
import { useListKeys } from "@/ui/list-keys";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { SideDrawer, useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { EmailsSwitch } from "./emails-switch";
import { ForwardingAddress } from "./forwarding-address";
import { receivedListOptions } from "./received-api";
import { ReceivedReading } from "./received-reading";
import { ReceivedRow } from "./received-row";
import classes from "./emails.module.css";

const kinds = enums.ReceivedEmail.kind;

/** What people wrote back, each letter read in a drawer. */
export function ReceivedPage() {
  const [url, setUrl] = useUrlState(["kind"]);
  const kind = oneOf(kinds, url.kind);
  const query = useInfiniteQuery({ ...receivedListOptions({ kind }), placeholderData: (previous) => previous });
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list, {});
  const drawer = useDrawer("email");
  const emails = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const options = [{ value: "", label: t("list.all") }, ...kinds.map((value) => ({ value, label: label("received_kind", value) }))];
  return (
    <Page
      title={t("received.title")}
      aside={typeof total === "number" ? t("emails.total", { count: total }) : undefined}
      actions={<EmailsSwitch />}
    >
      <ForwardingAddress />
      <FilterBar>
        <ChipFilter label={t("received.kind")} value={kind ?? ""} options={options} onChange={(value) => setUrl({ kind: value })} />
      </FilterBar>
      <Stated query={query} failed={t("received.load_failed")}>
        {() =>
          emails.length === 0 ? (
            <Empty icon="open" title={kind ? t("emails.none_found") : t("received.empty_title")}>
              {kind ? t("received.none_found_words") : t("received.empty")}
            </Empty>
          ) : (
            <>
              <ul ref={list} className={classes.list} aria-label={t("received.title")}>
                {emails.map((email) => (
                  <ReceivedRow key={email.id} email={email} onOpen={() => drawer.open(email.id)} />
                ))}
              </ul>
              <LoadMore shown={emails.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
      <SideDrawer opened={drawer.opened} onClose={drawer.close} title={t("received.one")} size={640}>
        {drawer.value && <ReceivedReading id={drawer.value} />}
      </SideDrawer>
    </Page>
  );
}
