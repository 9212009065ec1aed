import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { enums, type ReceivedEmail } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { oneOf, useUrlState } from "@/lib/url-state";
import { DownloadMenu } from "@/ui/download-menu";
import { ChipFilter, FilterBar } from "@/ui/filter-bar";
import { useListKeys } from "@/ui/list-keys";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { SideDrawer, useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { EmailsSwitch } from "./emails-switch";
import { ForwardingAddress } from "./forwarding-address";
import { receivedListOptions, receivedOptions } from "./received-api";
import { ReceivedReading } from "./received-reading";
import { ReceivedRow } from "./received-row";
import classes from "./emails.module.css";

const kinds = enums.ReceivedEmail.kind;

interface Props {
  /** The form that adds a sender who is not among the people yet. */
  addSender: (email: ReceivedEmail, onClose: () => void) => ReactNode;
}

/** What people wrote back, each letter read in a drawer. */
export function ReceivedPage({ addSender }: Props) {
  const [url, setUrl] = useUrlState(["kind"]);
  const kind = oneOf(kinds, url.kind);
  const query = useInfiniteQuery({ ...receivedListOptions({ kind }), placeholderData: (previous) => previous });
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list, {});
  const drawer = useDrawer("email");
  const add = useDrawer("new");
  const emails = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const options = [{ value: "", label: t("list.all") }, ...kinds.map((value) => ({ value, label: label("received_kind", value) }))];
  return (
    <Page
      title={t("received.title")}
      aside={typeof total === "number" ? t("emails.total", { count: total }) : undefined}
      actions={
        <>
          <EmailsSwitch />
          <DownloadMenu list="/api/emails/received" filter={{ kind }} />
        </>
      }
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
      <SideDrawer opened={drawer.opened && !add.opened} onClose={drawer.close} title={t("received.one")} size={640}>
        {drawer.value && <ReceivedReading id={drawer.value} onAdd={() => add.open()} />}
      </SideDrawer>
      {drawer.value && add.opened && <Sender id={drawer.value}>{(email) => addSender(email, add.close)}</Sender>}
    </Page>
  );
}

/** Whoever wrote the letter that is open, once it is known. */
function Sender({ id, children }: { id: string; children: (email: ReceivedEmail) => ReactNode }) {
  const email = useQuery(receivedOptions(id)).data;
  return email && children(email);
}
