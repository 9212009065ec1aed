import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { t } from "@/lib/i18n";
import { emailStatuses, label } from "@/lib/model";
import { oneOf, useUrlState } from "@/lib/url-state";
import { DownloadMenu } from "@/ui/download-menu";
import { ChipFilter, FilterBar } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import { useListKeys } from "@/ui/list-keys";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { Empty, Stated } from "@/ui/states";
import { emailListOptions, useRetryEmails } from "./api";
import { EmailsSwitch } from "./emails-switch";
import { EmailRow } from "./email-row";
import classes from "./emails.module.css";

export function EmailsPage() {
  const [url, setUrl] = useUrlState(["status"]);
  const status = oneOf(emailStatuses, url.status);
  const query = useInfiniteQuery({ ...emailListOptions({ status }), placeholderData: (previous) => previous });
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list, {});
  const emails = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const options = [
    { value: "", label: t("list.all") },
    ...emailStatuses.map((value) => ({ value, label: label("email_status", value) })),
  ];
  const retry = useRetryEmails();
  const again = status === "failed" && emails.length > 1 && (
    <Button
      variant="default"
      leftSection={<Glyph name="refresh" />}
      loading={retry.isPending}
      onClick={() => retry.mutate(emails.map(({ id }) => id))}
    >
      {t("emails.retry_shown", { count: emails.length })}
    </Button>
  );
  return (
    <Page
      title={t("nav.emails")}
      aside={typeof total === "number" ? t("emails.total", { count: total }) : undefined}
      actions={
        <>
          <EmailsSwitch />
          <DownloadMenu list="/api/emails" filter={{ status }} />
          {again}
        </>
      }
    >
      <FilterBar>
        <ChipFilter label={t("emails.status")} value={status ?? ""} options={options} onChange={(value) => setUrl({ status: value })} />
      </FilterBar>
      <Stated query={query} failed={t("emails.load_failed")}>
        {() =>
          emails.length === 0 ? (
            <Empty icon="email" title={status ? t("emails.none_found") : t("emails.empty_title")}>
              {status ? t("emails.none_found_words") : t("emails.empty")}
            </Empty>
          ) : (
            <>
              <ul ref={list} className={classes.list} aria-label={t("nav.emails")}>
                {emails.map((email) => (
                  <EmailRow key={email.id} email={email} />
                ))}
              </ul>
              <LoadMore shown={emails.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
    </Page>
  );
}
