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

/** Composes the features: every page of the console and its address. */
export function createRouter(client: QueryClient) {
  const router = createBrowserRouter([
    {
      path: paths.login,
      lazy: page(() => import("@/features/session/login-page").then((module) => module.LoginPage)),
      HydrateFallback: Splash,
      ErrorBoundary: CrashPage,
    },
    {
      path: paths.console,
      Component: Layout,
      HydrateFallback: Splash,
      ErrorBoundary: CrashPage,
      children: [
        { index: true, element: <Navigate to={paths.dashboard} replace /> },
        {
          ErrorBoundary: CrashPage,
          children: [
            {
              path: "dashboard",
              lazy: page(() => import("@/features/dashboard/dashboard-page").then((module) => module.DashboardPage)),
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
              path: "tasks",
              lazy: page(() => import("@/features/tasks/tasks-page").then((module) => module.TasksPage)),
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
                  path: "api-keys",
                  lazy: page(() => import("@/features/settings/api-keys-page").then((module) => module.ApiKeysPage)),
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
