import { Tooltip, UnstyledButton } from "@mantine/core";
import { t } from "@/lib/i18n";
import { Glyph } from "./icons";
import classes from "./term.module.css";

/** What a number is called; how it is counted is told on hover, focus and touch. */
export const Term = ({ name, definition }: { name: string; definition: string }) => (
  <Tooltip position="bottom-start" label={definition} events={{ hover: true, focus: true, touch: true }}>
    <UnstyledButton className={classes.term} aria-label={t("kpi.definition", { name, definition })}>
      {name}
      <Glyph name="info" size={12} />
    </UnstyledButton>
  </Tooltip>
);
