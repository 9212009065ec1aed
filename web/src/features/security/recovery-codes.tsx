import { Button, CopyButton } from "@mantine/core";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import classes from "./security.module.css";

interface Props {
  codes: string[];
  onKept: () => void;
}

export const RecoveryCodes = ({ codes, onKept }: Props) => (
  <div className={classes.form}>
    <h3>{t("security.codes_title")}</h3>
    <p>{t("security.codes_lead")}</p>
    <ul className={classes.codes} aria-label={t("security.codes_title")}>
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
    <div className={classes.row}>
      <CopyButton value={codes.join("\n")}>
        {({ copied, copy }) => (
          <Button variant="default" leftSection={<Glyph name={copied ? "check" : "copy"} />} onClick={copy}>
            {t(copied ? "action.copied" : "action.copy")}
          </Button>
        )}
      </CopyButton>
      <Button onClick={onKept}>{t("security.codes_kept")}</Button>
    </div>
  </div>
);
