import { Button } from "@mantine/core";
import { useEffect } from "react";
import { Link, useRouteError } from "react-router";
import { ApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Empty, Failure } from "@/ui/states";

/** No page of ours has this address. */
export function MissingPage() {
  useEffect(() => {
    document.title = t("app.window_title", { page: t("error.missing_title") });
  }, []);
  return (
    <Empty
      whole
      icon="search"
      title={t("error.missing_title")}
      action={
        <Button component={Link} to={paths.console} leftSection={<Glyph name="home" />}>
          {t("error.missing_home")}
        </Button>
      }
    >
      {t("error.missing")}
    </Empty>
  );
}

/** A page broke: says so, and offers to load it anew. A new version of the console may have replaced its files. */
export function CrashPage() {
  const error = useRouteError();
  if (error instanceof ApiError) return <Failure whole error={error} onRetry={() => window.location.reload()} />;
  return (
    <Empty
      whole
      icon="warning"
      title={t("error.crash_title")}
      action={
        <Button leftSection={<Glyph name="refresh" />} onClick={() => window.location.reload()}>
          {t("error.crash_reload")}
        </Button>
      }
    >
      {t("error.crash")}
    </Empty>
  );
}
