import type { QueryKey } from "@tanstack/react-query";
import { keys } from "@/lib/keys";
import type { LiveEvent } from "@/lib/live";

type Touches = (data: { client_id?: string; task_id?: string; email_id?: string }) => QueryKey[];

/** What any event may change: the numbers, and what is to be done now. */
const counts: QueryKey[] = [keys.dashboard, keys.today];
const person = (id: string | undefined): QueryKey[] => (id ? [keys.client(id), keys.timeline(id), keys.noteList(id), keys.documents(id)] : [keys.clients]);
const lists: QueryKey[] = [["clients", "list"], ["clients", "search"]];

const aboutClients: Touches = ({ client_id }) => [...lists, ...person(client_id), ...counts];
const aboutTasks: Touches = ({ client_id }) => [keys.tasks, keys.journeys, keys.approvals, ...person(client_id), ...counts];
const aboutEmails: Touches = ({ client_id, email_id }) => [
  ["emails", "list"],
  ["emails", "received"],
  keys.notifications,
  ...(email_id ? [keys.email(email_id)] : [keys.emails]),
  ...person(client_id),
  ...counts,
];

/** What each kind of event renews, by the word its name begins with. */
const table: Record<string, Touches> = {
  client: aboutClients,
  contact: aboutClients,
  stage: (data) => [...aboutClients(data), keys.stageRules, keys.stageSuggestions],
  task: aboutTasks,
  email: aboutEmails,
  letter: () => [keys.letters, keys.notifications],
  job: () => [keys.jobs, ...counts],
  follow: aboutTasks,
  journey: () => [keys.journeys],
  api: () => [keys.apiKeys],
  calendar: () => [keys.calendar, keys.notifications],
  settings: () => [keys.settings, keys.session],
  webhook: () => [keys.webhooks],
  template: () => [keys.templates],
  signed: () => [],
  clock: () => [keys.sandboxClock],
};

/** The queries that an event makes stale. A kind that is not in the table is judged by the ids it carries. */
export function touchedBy(event: LiveEvent): QueryKey[] {
  const data = event.data as Parameters<Touches>[0];
  const known = table[event.kind.split(/[._]/)[0] ?? ""];
  const also = [
    ...(data.task_id ? [keys.tasks] : []),
    ...(data.email_id ? [keys.emails] : []),
    ...(data.client_id ? person(data.client_id) : []),
  ];
  return [...(known?.(data) ?? counts), ...also];
}
