import { t } from "@/lib/i18n";
import { BrandMark } from "@/ui/brand";
import classes from "./splash.module.css";

/** What is seen before the first page has arrived. */
export function Splash() {
  return (
    <div className={classes.splash} role="status" aria-label={t("state.loading")}>
      <BrandMark size={44} />
    </div>
  );
}
