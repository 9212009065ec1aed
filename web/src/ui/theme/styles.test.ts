import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const sheets = new Set(readdirSync(new URL("../node_modules/@mantine/core/styles/", root)));
const styles = readFileSync(new URL("ui/theme/styles.ts", root), "utf8");

const parts = new Set(
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .flatMap((file) => {
      const source = readFileSync(new URL(file, root), "utf8");
      const names = /import \{([^}]*)\} from "@mantine\/core"/.exec(source)?.[1] ?? "";
      return names.match(/\b[A-Z]\w+/g) ?? [];
    })
    .filter((name) => sheets.has(`${name}.layer.css`)),
);

describe("the styles of Mantine's parts", () => {
  it.each([...parts])("%s has its own", (part) => {
    expect(styles).toContain(`styles/${part}.layer.css`);
  });
});
