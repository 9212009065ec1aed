/** Every page's address, in one place. */
export const paths = {
  login: "/login",
  signUp: "/signup",
  verifyEmail: "/verify-email",
  forgotPassword: "/forgot-password",
  resetPassword: "/reset-password",
  onboarding: "/onboarding",
  join: (token: string) => `/join/${token}`,
  console: "/console",
  today: "/console/today",
  dashboard: "/console/dashboard",
  reports: "/console/reports",
  people: "/console/people",
  pipeline: "/console/pipeline",
  duplicates: "/console/people/duplicates",
  changes: "/console/people/changes",
  trash: "/console/people/trash",
  imports: "/console/people/imports",
  import: (id: string) => `/console/people/imports/${id}`,
  exportPeople: (kind: "csv" | "xlsx", search: string) => `/api/clients/export.${kind}${search}`,
  exportPerson: (id: string) => `/api/contacts/${id}/export`,
  /** What matters about a person, on paper. */
  summary: (id: string, language: string) => `/api/clients/${id}/summary.pdf?language=${language}`,
  person: (id: string) => `/console/people/${id}`,
  /** Where an e-mail that came in from a person is answered. */
  answer: (personId: string, emailId: string) => `/console/people/${personId}?compose=${emailId}`,
  hub: "/console/businesses",
  business: (id: string) => `/console/businesses/${id}`,
  tasks: "/console/tasks",
  journeys: "/console/journeys",
  plan: (id: string) => `/console/journeys/${id}`,
  approvals: "/console/approvals",
  emails: "/console/emails",
  received: "/console/emails/received",
  email: (id: string) => `/console/emails/${id}`,
  settings: "/console/settings",
  profile: "/console/settings/profile",
  calendar: "/console/settings/calendar",
  preferences: "/console/settings/preferences",
  tags: "/console/settings/tags",
  fields: "/console/settings/fields",
  office: "/console/settings/office",
  templates: "/console/settings/templates",
  webhooks: "/console/settings/webhooks",
  webhook: (id: string) => `/console/settings/webhooks/${id}`,
  team: "/console/settings/team",
  onboardingPlan: "/console/settings/clients",
  apiKeys: "/console/settings/api-keys",
  security: "/console/settings/security",
  stageRules: "/console/settings/stage-rules",
  system: "/console/settings/system",
  failedWork: "/console/settings/failed-work",
  audit: "/console/settings/security-log",
  letters: "/console/settings/letters",
  letterTemplates: "/console/settings/letter-templates",
  notifications: "/console/settings/notifications",
  data: "/console/settings/data",
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
  return /^\/(?:console|onboarding|join)(?:[/?]|$)/.test(next) ? next : paths.console;
}
