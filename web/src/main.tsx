import "@/ui/theme/styles";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/app";
import { preferredLocale, setLocale } from "@/lib/i18n";

await setLocale(preferredLocale());
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
