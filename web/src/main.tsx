import "@/ui/theme/styles";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/app";
import { preferredLocale, setLocale } from "@/lib/i18n";
import { keepQueries, restoreQueries } from "@/lib/kept-queries";
import { createQueryClient } from "@/lib/query";

const client = createQueryClient();
await Promise.all([setLocale(preferredLocale()), restoreQueries(client)]);
keepQueries(client);
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
}
if (import.meta.env.PROD) void navigator.serviceWorker?.register("/sw.js");
