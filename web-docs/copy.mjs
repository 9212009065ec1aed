// Copies what /docs and /redoc need from the packages into dist/, beside our own pages and their small scripts: the content
// security policy allows no inline script and no other host.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

rmSync(here("dist"), { recursive: true, force: true });
mkdirSync(here("dist"));
for (const file of readdirSync(here("src"))) cpSync(here(`src/${file}`), here(`dist/${file}`));
for (const file of [
  "swagger-ui-dist/swagger-ui-bundle.js",
  "swagger-ui-dist/swagger-ui.css",
  "redoc/bundles/redoc.standalone.js",
]) {
  // Source maps are not shipped, so nothing should point at them; the mark in ReDoc's corner would come from another host.
  const text = readFileSync(here(`node_modules/${file}`), "utf8")
    .replace(/\n?\/[/*]# sourceMappingURL=.*\s*$/, "\n")
    .replace("https://cdn.redoc.ly/redoc/logo-mini.svg", "/assets/favicon.svg");
  writeFileSync(here(`dist/${file.split("/").at(-1)}`), text);
}
cpSync(here("node_modules/swagger-ui-dist/LICENSE"), here("dist/swagger-ui.LICENSE.txt"));
cpSync(here("node_modules/redoc/bundles/redoc.standalone.js.LICENSE.txt"), here("dist/redoc.LICENSE.txt"));
