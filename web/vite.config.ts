import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath, URL } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.DOORSTEP_SERVER ?? "http://127.0.0.1:8080";

/** Puts the color-scheme script into the head as a hashed file of its own: it must run before the first
 *  paint, and the content security policy allows no inline script. */
function colorSchemeScript(): Plugin {
  const file = "src/app/color-scheme.js";
  let reference = "";
  let building = false;
  return {
    name: "color-scheme-script",
    config: (_, { command }) => {
      building = command === "build";
    },
    buildStart() {
      if (!building) return;
      const source = readFileSync(here(`./${file}`), "utf8").replace(/^\/\/.*\n/gm, "");
      reference = this.emitFile({ type: "asset", name: "color-scheme.js", source });
    },
    transformIndexHtml: {
      order: "post",
      handler(_html, ctx) {
        const emitted = Object.values(ctx.bundle ?? {}).find((part) => part.fileName.includes("color-scheme"));
        const src = building && reference && emitted ? `/${emitted.fileName}` : `/${file}`;
        return [{ tag: "script", attrs: { src }, injectTo: "head-prepend" }];
      },
    },
  };
}

/** Asks for the two faces of the first screen before the style sheet is read. */
function preloadFonts(): Plugin {
  return {
    name: "preload-fonts",
    transformIndexHtml: {
      order: "post",
      handler: (_html, ctx) =>
        Object.keys(ctx.bundle ?? {})
          .filter((file) => /grotes(?:k|que)-latin-wght-normal/.test(file))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "preload", as: "font", type: "font/woff2", href: `/${file}`, crossorigin: true },
            injectTo: "head" as const,
          })),
    },
  };
}

/** sw.js, with the list of what the console needs without a network. What is heavy (charts) comes when it is opened. */
function serviceWorker(): Plugin {
  const heavy = 400_000;
  return {
    name: "service-worker",
    apply: "build",
    generateBundle(_, bundle) {
      const sizeOf = (file: string) => {
        const part = bundle[file];
        return part?.type === "chunk" ? part.code.length : (part?.source.length ?? 0);
      };
      const files = Object.keys(bundle)
        .filter((file) => /\.(js|css)$|-latin-wght-normal.*\.woff2$/.test(file) && sizeOf(file) < heavy)
        .map((file) => `/${file}`);
      const version = createHash("sha256").update(files.join()).digest("hex").slice(0, 12);
      const kept = `globalThis.kept = ${JSON.stringify({ version, files })};\n`;
      const source = kept + readFileSync(here("./src/app/service-worker.js"), "utf8");
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}

export default defineConfig({
  base: "/",
  plugins: [react(), colorSchemeScript(), preloadFonts(), serviceWorker()],
  resolve: { alias: { "@": here("./src") } },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    target: "es2022",
    // Nothing as a data: URL: the content security policy allows none for fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Few files for the first screen; pages and charts come when they are opened.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack\/(react-query|query-core))\//, priority: 3 },
            { name: "kit", test: /node_modules\/(@mantine\/(core\/(?!.*\/(Combobox|Pill|PillsInput|TagsInput|Autocomplete|Select|Radio|Progress|FileButton|NumberInput|Switch|Chip|CopyButton)\/)|hooks|notifications)|@floating-ui|clsx|lucide-react|react-remove-scroll)/, priority: 2, minShareCount: 2 },
            // With a library of its own, for three forms.
            { name: "numbers", test: /node_modules\/(@mantine\/core\/.*\/NumberInput\/|react-number-format\/)/, priority: 1, minShareCount: 2 },
            // Parts of forms, which no first screen shows.
            { name: "inputs", test: /node_modules\/@mantine\/core\//, priority: 1, minShareCount: 2 },
            { name: "shared", test: /\/src\/(api|lib|ui)\/(?!i18n\/(es|en\/later)|person-picker|(calendar-connection|certificate|data-table|inline-edit|term|timeline)\.)/, priority: 1, minShareCount: 2 },
            // What some rooms share, none of them the first.
            { name: "rooms", test: /\/src\/ui\/(calendar-connection|certificate|data-table|inline-edit|term|timeline)\./, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ["/api", "/sandbox", "/docs", "/openapi.json"].map((path) => [path, { target: server, changeOrigin: false }]),
    ),
  },
  test: { include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"] },
} as Parameters<typeof defineConfig>[0]);
