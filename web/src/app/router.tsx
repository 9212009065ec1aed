import type { QueryClient } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { createBrowserRouter, Navigate } from "react-router";
import { onUnauthorized } from "@/lib/http";
import { forgetQueries } from "@/lib/kept-queries";
import { loginFrom, paths } from "@/lib/paths";
import { CrashPage, MissingPage } from "./error-pages";
import { Layout } from "./layout";
import { Splash } from "./splash";

/** A page that is loaded when it is first opened. */
const page = (load: () => Promise<ComponentType>) => async () => ({ Component: await load() });

/** What is open to those who are not signed in. */
const doors: [string, () => Promise<ComponentType>][] = [
  [paths.signUp, () => import("@/features/session/sign-up-page").then((module) => module.SignUpPage)],
  [paths.verifyEmail, () => import("@/features/session/verify-email-page").then((module) => module.VerifyEmailPage)],
  [paths.forgotPassword, () => import("@/features/session/forgot-password-page").then((module) => module.ForgotPasswordPage)],
  [paths.resetPassword, () => import("@/features/session/reset-password-page").then((module) => module.ResetPasswordPage)],
];

/** Composes the features: every page of the console and its address. */
export function createRouter(client: QueryClient) {
  const router = createBrowserRouter([
    {
      path: paths.login,
      lazy: page(() => import("@/features/session/login-page").then((module) => module.LoginPage)),
      HydrateFallback: Splash,
      ErrorBoundary: CrashPage,
    },
    ...doors.map(([path, load]) => ({ path, lazy: page(load), HydrateFallback: Splash, ErrorBoundary: CrashPage })),
    {
      path: paths.onboarding,
      lazy: page(() => import("@/features/onboarding/wizard-page").then((module) => module.WizardPage)),
      HydrateFallback: Splash,
      ErrorBoundary: CrashPage,
    },
    {
      path: `${paths.onboarding}/:token`,
      lazy: page(() => import("@/features/onboarding/wizard-page").then((module) => module.WizardPage)),
      HydrateFallback: Splash,
      ErrorBoundary: CrashPage,
    },
    {
      path: paths.join(":token"),
      lazy: page(() => import("@/features/team/join-page").then((module) => module.JoinPage)),
      HydrateFallback: Splash,
      ErrorBoundary: CrashPage,
    },
    {
      path: paths.console,
      Component: Layout,
      HydrateFallback: Splash,
      ErrorBoundary: CrashPage,
      children: [
        { index: true, element: <Navigate to={paths.today} replace /> },
        {
          ErrorBoundary: CrashPage,
          children: [
            {
              path: "today",
              lazy: page(() => import("@/features/today/today-page").then((module) => module.TodayPage)),
            },
            {
              path: "dashboard",
              lazy: page(() => import("@/features/dashboard/dashboard-page").then((module) => module.DashboardPage)),
            },
            {
              path: "reports",
              lazy: page(() => import("@/features/reports/reports-page").then((module) => module.ReportsPage)),
            },
            {
              path: "people",
              lazy: page(() => import("@/features/people/people-page").then((module) => module.PeoplePage)),
            },
            {
              path: "pipeline",
              lazy: page(() => import("@/features/people/pipeline-page").then((module) => module.PipelinePage)),
            },
            {
              path: "people/duplicates",
              lazy: page(() => import("@/features/people/duplicates-page").then((module) => module.DuplicatesPage)),
            },
            {
              path: "people/imports",
              lazy: page(() => import("@/features/people/imports-page").then((module) => module.ImportsPage)),
            },
            {
              path: "people/imports/:id",
              lazy: page(() => import("@/features/people/import-page").then((module) => module.ImportPage)),
            },
            {
              path: "people/trash",
              lazy: page(() => import("@/features/people/trash-page").then((module) => module.TrashPage)),
            },
            { path: "people/:id", lazy: page(() => import("./person-route").then((module) => module.PersonRoute)) },
            {
              path: "businesses",
              lazy: page(() => import("@/features/hub/businesses-page").then((module) => module.BusinessesPage)),
            },
            {
              path: "businesses/:id",
              lazy: page(() => import("@/features/hub/business-page").then((module) => module.BusinessPage)),
            },
            {
              path: "tasks",
              lazy: page(() => import("@/features/tasks/tasks-page").then((module) => module.TasksPage)),
            },
            {
              path: "journeys",
              lazy: page(() => import("@/features/journeys/plans-page").then((module) => module.PlansPage)),
            },
            {
              path: "journeys/:id",
              lazy: page(() => import("@/features/journeys/plan-page").then((module) => module.PlanPage)),
            },
            {
              path: "approvals",
              lazy: page(() => import("@/features/approvals/approvals-page").then((module) => module.ApprovalsPage)),
            },
            {
              path: "emails",
              lazy: page(() => import("@/features/emails/emails-page").then((module) => module.EmailsPage)),
            },
            {
              path: "emails/:id",
              lazy: page(() => import("@/features/emails/email-page").then((module) => module.EmailPage)),
            },
            {
              path: "settings",
              lazy: page(() => import("@/features/settings/settings-layout").then((module) => module.SettingsLayout)),
              children: [
                { index: true, element: <Navigate to={paths.profile} replace /> },
                {
                  path: "profile",
                  lazy: page(() => import("@/features/settings/profile-page").then((module) => module.ProfilePage)),
                },
                {
                  path: "office",
                  lazy: page(() => import("@/features/settings/office-page").then((module) => module.OfficePage)),
                },
                {
                  path: "templates",
                  lazy: page(() => import("@/features/templates/templates-page").then((module) => module.TemplatesPage)),
                },
                {
                  path: "webhooks",
                  lazy: page(() => import("@/features/webhooks/webhooks-page").then((module) => module.WebhooksPage)),
                },
                {
                  path: "webhooks/:id",
                  lazy: page(() => import("@/features/webhooks/webhook-page").then((module) => module.WebhookPage)),
                },
                {
                  path: "preferences",
                  lazy: page(() => import("@/features/settings/preferences-page").then((module) => module.PreferencesPage)),
                },
                {
                  path: "fields",
                  lazy: page(() => import("@/features/settings/fields-page").then((module) => module.FieldsPage)),
                },
                {
                  path: "tags",
                  lazy: page(() => import("@/features/settings/tags-page").then((module) => module.TagsPage)),
                },
                {
                  path: "security",
                  lazy: page(() => import("@/features/security/security-page").then((module) => module.SecurityPage)),
                },
                {
                  path: "team",
                  lazy: page(() => import("@/features/team/team-page").then((module) => module.TeamPage)),
                },
                {
                  path: "clients",
                  lazy: page(() => import("@/features/hub/plan-page").then((module) => module.PlanPage)),
                },
                {
                  path: "api-keys",
                  lazy: page(() => import("@/features/settings/api-keys-page").then((module) => module.ApiKeysPage)),
                },
                {
                  path: "stage-rules",
                  lazy: page(() => import("@/features/stage-rules/stage-rules-page").then((module) => module.StageRulesPage)),
                },
                {
                  path: "notifications",
                  lazy: page(() =>
                    import("@/features/notifications/notifications-page").then((module) => module.NotificationsPage),
                  ),
                },
                {
                  path: "letters",
                  lazy: page(() => import("@/features/letters/letters-page").then((module) => module.LettersPage)),
                },
                {
                  path: "letter-templates",
                  lazy: page(() => import("@/features/letters/templates-page").then((module) => module.TemplatesPage)),
                },
                {
                  path: "security-log",
                  lazy: page(() => import("@/features/audit/audit-page").then((module) => module.AuditPage)),
                },
                {
                  path: "failed-work",
                  lazy: page(() => import("@/features/settings/failed-work-page").then((module) => module.FailedWorkPage)),
                },
              ],
            },
            { path: "*", Component: MissingPage },
          ],
        },
      ],
    },
    { path: "*", Component: MissingPage, ErrorBoundary: CrashPage },
  ]);

  onUnauthorized(() => {
    const { location } = router.state;
    forgetQueries(client);
    if (location.pathname !== paths.login) void router.navigate(loginFrom(location), { replace: true });
  });
  return router;
}
