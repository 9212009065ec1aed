/** Every page's address, in one place. */
export const paths = {
  login: "/login",
  console: "/console",
  dashboard: "/console/dashboard",
  people: "/console/people",
  pipeline: "/console/pipeline",
  duplicates: "/console/people/duplicates",
  trash: "/console/people/trash",
  imports: "/console/people/imports",
  import: (id: string) => `/console/people/imports/${id}`,
  exportPeople: (kind: "csv" | "xlsx", search: string) => `/api/clients/export.${kind}${search}`,
  person: (id: string) => `/console/people/${id}`,
  tasks: "/console/tasks",
  emails: "/console/emails",
  email: (id: string) => `/console/emails/${id}`,
  settings: "/console/settings",
  profile: "/console/settings/profile",
  preferences: "/console/settings/preferences",
  tags: "/console/settings/tags",
  fields: "/console/settings/fields",
  apiKeys: "/console/settings/api-keys",
  failedWork: "/console/settings/failed-work",
  sandboxOutbox: "/sandbox/outbox",
} as const;

/** The sign-in page, coming back to where one was. */
export const loginFrom = (location: { pathname: string; search: string }): string => {
  const next = location.pathname + location.search;
  return next === paths.console || next === "/" ? paths.login : `${paths.login}?next=${encodeURIComponent(next)}`;
};

/** Where to go after sign-in: only to a page of ours. */
export function nextAfterLogin(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "";
  return /^\/console(?:[/?]|$)/.test(next) ? next : paths.console;
}
