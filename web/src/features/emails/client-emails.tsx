import { ActionIcon } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { emailListOptions } from "./api";
import { EmailRow } from "./email-row";
import classes from "./emails.module.css";

const few = 8;

/** What was written to a person. */
export function ClientEmails({ client, onCompose }: { client: Client; onCompose: () => void }) {
  const query = useInfiniteQuery(emailListOptions({ client_id: client.id }, few));
  const emails = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const write = (
    <ActionIcon aria-label={t("emails.compose")} onClick={onCompose}>
      <Glyph name="add" />
    </ActionIcon>
  );
  return (
    <Section title={t("nav.emails")} count={total} actions={client.email ? write : undefined}>
      <Stated query={query} failed={t("emails.load_failed")} small>
        {() =>
          emails.length === 0 ? (
            <Empty small title={t("emails.none_yet_title")}>
              {t(client.email ? "emails.none_yet" : "emails.no_address")}
            </Empty>
          ) : (
            <>
              <ul className={classes.list}>
                {emails.map((email) => (
                  <EmailRow key={email.id} email={email} own />
                ))}
              </ul>
              {query.hasNextPage && <LoadMore shown={emails.length} total={total} {...query} />}
            </>
          )
        }
      </Stated>
    </Section>
  );
}
