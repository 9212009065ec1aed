import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "@/lib/i18n";
import { LoadMore } from "@/ui/load-more";
import { Page } from "@/ui/page";
import { Empty, Stated } from "@/ui/states";
import { approvalListOptions, useApprovalActs } from "./api";
import { ApprovalCard } from "./approval-card";
import classes from "./approvals.module.css";

/** Drafts whose time has come, each waiting for a person's yes. */
export function ApprovalsPage() {
  const query = useInfiniteQuery(approvalListOptions);
  const acts = useApprovalActs();
  const approvals = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  return (
    <Page title={t("nav.approvals")} aside={typeof total === "number" ? t("approvals.total", { count: total }) : undefined} narrow>
      <Stated query={query} failed={t("approvals.load_failed")}>
        {() =>
          approvals.length === 0 ? (
            <Empty icon="done" title={t("approvals.empty_title")}>
              {t("approvals.empty")}
            </Empty>
          ) : (
            <>
              <ul className={classes.list}>
                {approvals.map((approval) => (
                  <ApprovalCard key={`${approval.id}-${approval.version}`} approval={approval} acts={acts} />
                ))}
              </ul>
              <LoadMore shown={approvals.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
    </Page>
  );
}
