import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { EmailSummary, FollowUpTask } from "@/api/types.gen";
import { call } from "@/lib/http";
import { rich, t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { taskLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { When } from "@/ui/when";

/** Why an e-mail was sent: the step of a plan, a task, or a person's own wish. */
export function EmailWhy({ email }: { email: EmailSummary }) {
  const id = email.task_id ?? "";
  const task = useQuery({
    queryKey: keys.task(id),
    queryFn: ({ signal }) => call("get_task", { path: { id } }, { signal }),
    enabled: Boolean(id),
  });
  if (!id) return t("emails.why_person");
  return task.data ? <Words task={task.data} /> : t("emails.why_follow_up");
}

function Words({ task }: { task: FollowUpTask }) {
  const step = taskLabel(task);
  const due = <When at={task.scheduled_for} as="day" />;
  if (!task.journey_name) return rich("emails.why_task", { step, due });
  const plan = <Link to={paths.person(task.client_id)}>{task.journey_name}</Link>;
  return rich("emails.why_step", { step, plan, due });
}
