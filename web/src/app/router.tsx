import type { QueryClient } from "@tanstack/react-query";
import { createBrowserRouter, Navigate } from "react-router";
import { onUnauthorized } from "@/lib/http";
import { moreWords } from "@/lib/i18n";
import { forgetQueries } from "@/lib/kept-queries";
import { loginFrom, paths } from "@/lib/paths";
import { CrashPage, MissingPage } from "./error-pages";
import { Layout } from "./layout";
import { consoleRooms, type Room, settingsRooms } from "./rooms";
import { Splash } from "./splash";

/** What is open to those who are not signed in, or not yet. */
const doors: readonly Room[] = [
  [paths.login, () => import("@/features/session/login-page").then((module) => module.LoginPage), "first words"],
  [paths.signUp, () => import("@/features/session/sign-up-page").then((module) => module.SignUpPage)],
  [paths.verifyEmail, () => import("@/features/session/verify-email-page").then((module) => module.VerifyEmailPage)],
  [paths.forgotPassword, () => import("@/features/session/forgot-password-page").then((module) => module.ForgotPasswordPage)],
  [paths.resetPassword, () => import("@/features/session/reset-password-page").then((module) => module.ResetPasswordPage)],
  [paths.onboarding, () => import("@/features/onboarding/wizard-page").then((module) => module.WizardPage)],
  [`${paths.onboarding}/:token`, () => import("@/features/onboarding/wizard-page").then((module) => module.WizardPage)],
  [paths.join(":token"), () => import("@/features/team/join-page").then((module) => module.JoinPage)],
];

const routeOf = ([path, load, words]: Room) => ({
  path,
  lazy: async () => {
    const [Component] = await Promise.all([load(), words ?? moreWords()]);
    return { Component };
  },
});

const settings = {
  ...routeOf(["settings", () => import("@/features/settings/settings-layout").then((module) => module.SettingsLayout)]),
  children: [{ index: true, element: <Navigate to={paths.profile} replace /> }, ...settingsRooms.map(routeOf)],
};

/** Composes the features: every page of the console and its address. */
export function createRouter(client: QueryClient) {
  const router = createBrowserRouter([
    ...doors.map((door) => ({ ...routeOf(door), HydrateFallback: Splash, ErrorBoundary: CrashPage })),
    {
      path: paths.console,
      Component: Layout,
      HydrateFallback: Splash,
      ErrorBoundary: CrashPage,
      children: [
        { index: true, element: <Navigate to={paths.today} replace /> },
        {
          ErrorBoundary: CrashPage,
          children: [...consoleRooms.map(routeOf), settings, { path: "*", Component: MissingPage }],
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
