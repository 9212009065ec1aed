import { type ReactNode, useEffect } from "react";
import { t } from "@/lib/i18n";
import { BrandMark } from "@/ui/brand";
import { LanguageSwitch } from "@/ui/language-switch";
import classes from "./login-page.module.css";

interface Props {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
}

/** The card by which one gets in. */
export function Door({ title, lead, children }: Props) {
  useEffect(() => {
    document.title = t("app.window_title", { page: title });
  }, [title]);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <BrandMark size={40} />
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {children}
      </div>
      <LanguageSwitch />
    </main>
  );
}

export const Refusal = ({ children }: { children: ReactNode }) =>
  children ? (
    <p role="alert" className={classes.error}>
      {children}
    </p>
  ) : null;

export const Notice = ({ children }: { children: ReactNode }) =>
  children ? (
    <p role="status" className={classes.notice}>
      {children}
    </p>
  ) : null;
