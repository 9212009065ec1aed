import { Button } from "@mantine/core";
import { actIn } from "@/lib/acting";
import { rich, t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { Glyph } from "@/ui/icons";
import classes from "./acting-banner.module.css";

/** Says that one works in another's account, and leads home. */
export function ActingBanner() {
  const session = useSession();
  if (!session?.home_account) return null;
  return (
    <aside className={classes.banner} aria-label={t("acting.label")}>
      <p>
        <Glyph name="business" size={15} />
        <span>{rich("acting.words", { business: <strong>{session.account.name}</strong>, agency: session.home_account.name })}</span>
      </p>
      <Button size="compact-sm" variant="white" color="door" leftSection={<Glyph name="back" size={14} />} onClick={() => actIn(null, paths.hub)}>
        {t("acting.back")}
      </Button>
    </aside>
  );
}
