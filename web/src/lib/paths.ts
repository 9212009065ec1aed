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
  dashboard: "/console/dashboard",
  people: "/console/people",
  pipeline: "/console/pipeline",
  person: (id: string) => `/console/people/${id}`,
  hub: "/console/businesses",
  business: (id: string) => `/console/businesses/${id}`,
  tasks: "/console/tasks",
  emails: "/console/emails",
  email: (id: string) => `/console/emails/${id}`,
  settings: "/console/settings",
  profile: "/console/settings/profile",
  preferences: "/console/settings/preferences",
  team: "/console/settings/team",
  onboardingPlan: "/console/settings/clients",
  apiKeys: "/console/settings/api-keys",
  security: "/console/settings/security",
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
  return /^\/(?:console|onboarding|join)(?:[/?]|$)/.test(next) ? next : paths.console;
}
