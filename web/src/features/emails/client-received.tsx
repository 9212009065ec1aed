import { useInfiniteQuery } from "@tanstack/react-query";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { LoadMore } from "@/ui/load-more";
import { Section } from "@/ui/section";
import { SideDrawer, useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { receivedListOptions } from "./received-api";
import { ReceivedReading } from "./received-reading";
import { ReceivedRow } from "./received-row";
import classes from "./emails.module.css";

const few = 5;

/** What a person wrote, newest first; each is read, and answered, in a drawer. */
export function ClientReceived({ client }: { client: Client }) {
  const query = useInfiniteQuery(receivedListOptions({ client_id: client.id }, few));
  const drawer = useDrawer("received");
  const emails = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  return (
    <Section title={t("received.title")} count={total}>
      <Stated query={query} failed={t("received.load_failed")} small>
        {() =>
          emails.length === 0 ? (
            <Empty small title={t("received.none_from_title")}>
              {t("received.none_from", { name: client.name })}
            </Empty>
          ) : (
            <>
              <ul className={classes.list} aria-label={t("received.title")}>
                {emails.map((email) => (
                  <ReceivedRow key={email.id} email={email} own onOpen={() => drawer.open(email.id)} />
                ))}
              </ul>
              {query.hasNextPage && <LoadMore shown={emails.length} total={total} {...query} />}
            </>
          )
        }
      </Stated>
      <SideDrawer opened={drawer.opened} onClose={drawer.close} title={t("received.one")} size={640}>
        {drawer.value && <ReceivedReading id={drawer.value} />}
      </SideDrawer>
    </Section>
  );
}
