import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { RouterProvider } from "react-router";
import { currentLocale, onLocaleChange, t } from "@/lib/i18n";
import { colorSchemeManager, cssVariables, theme } from "@/ui/theme/theme";
import { createRouter } from "./router";

/** The whole console. A change of language draws it anew, with what was loaded kept. */
export function App({ client }: { client: QueryClient }) {
  const locale = useSyncExternalStore(onLocaleChange, currentLocale);
  const router = useMemo(() => createRouter(client), [client]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={client}>
        <RouterProvider key={locale} router={router} />
        <section aria-label={t("toast.region")}>
          <Notifications position="bottom-right" limit={4} withinPortal={false} />
        </section>
      </QueryClientProvider>
    </MantineProvider>
  );
}
