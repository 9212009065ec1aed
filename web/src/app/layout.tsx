import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect, useRef } from "react";
import { Outlet, ScrollRestoration, useLocation, useNavigate, useNavigation } from "react-router";
import { startDownloads } from "@/lib/downloads";
import { t } from "@/lib/i18n";
import { keyboard, startKeyboard, useShortcut } from "@/lib/keyboard";
import { useKeptPeople } from "@/lib/kept-people";
import { sessionOptions } from "@/lib/session";
import { Failure } from "@/ui/states";
import { toastError, undoLast } from "@/ui/toast";
import { CheatSheet } from "./cheat-sheet";
import { ActingBanner } from "./acting-banner";
import classes from "./layout.module.css";
import { useLiveUpdates } from "./live";
import { usePlaces } from "./navigation";
import { BottomBar, SideNav, TopBar } from "./nav";
import { useNoteSender } from "./note-sender";
import { OfflineNotice } from "./offline-notice";
import { openPalette, Palette } from "./palette";
import { SandboxBanner } from "./sandbox-banner";
import { Splash } from "./splash";

/** The shell: navigation around the page that is open, with what every page shares. */
export function Layout() {
  const session = useQuery(sessionOptions);
  const live = useLiveUpdates(session.isSuccess);
  useKeptPeople(session.isSuccess);
  useNoteSender(session.data?.user.id);
  const loading = useNavigation().state === "loading";
  const main = useMainFocus();

  useEffect(startKeyboard, []);
  useEffect(() => startDownloads((error) => toastError(t("download.failed"), error)), []);
  useShortcut("palette", openPalette);
  useShortcut("undo", () => (undoLast() ? undefined : false));
  usePlaceKeys();

  if (session.isError && !session.data) {
    return <Failure whole error={session.error} title={t("error.console")} onRetry={() => void session.refetch()} />;
  }
  if (!session.data) return <Splash />;
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        {t("nav.skip")}
      </a>
      <SideNav live={live} />
      <TopBar />
      <div className={classes.sheet}>
        <ActingBanner />
        <SandboxBanner />
        <OfflineNotice />
        <main id="main" ref={main} tabIndex={-1} className={classes.main} aria-busy={loading}>
          <Suspense fallback={<Splash />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomBar />
      <Palette />
      <CheatSheet />
      <ScrollRestoration />
    </div>
  );
}

/** The "g" keys: each room has its own. */
function usePlaceKeys(): void {
  const navigate = useNavigate();
  const places = usePlaces();
  useEffect(() => {
    const forget = places.map(({ shortcut, to }) => keyboard.register(shortcut, () => void navigate(to)));
    return () => forget.forEach((end) => end());
  }, [navigate, places]);
}

/** A new page begins at its beginning for the keyboard and the screen reader too. */
function useMainFocus() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current !== pathname) main.current?.focus({ preventScroll: true });
    previous.current = pathname;
  }, [pathname]);
  return main;
}
