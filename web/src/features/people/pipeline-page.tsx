import { Button } from "@mantine/core";
import { t } from "@/lib/i18n";
import { useShortcut } from "@/lib/keyboard";
import { oneOf, useUrlState } from "@/lib/url-state";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import { useDrawer } from "@/ui/side-drawer";
import { type Filter, sorts } from "./api";
import { Board } from "./board";
import { LayoutSwitch } from "./layout-switch";
import { NewPerson } from "./new-person";
import { PeopleFilters } from "./people-filters";
import { ViewsMenu } from "./views-menu";

/** The people by stage, on a board. */
export function PipelinePage() {
  const [url, setUrl] = useUrlState(["q", "tag", "assigned_to", "field", "sort", "view"]);
  const { q, tag, assigned_to, field } = url;
  const filter: Filter = { q, tag, assigned_to, field, sort: oneOf(sorts, url.sort) };
  // People stand as they were put, unless only some of them are shown.
  const whole = !q && !tag && !assigned_to && !field;
  const drawer = useDrawer("new");
  useShortcut("new", () => drawer.open());
  return (
    <Page
      title={t("nav.pipeline")}
      actions={
        <>
          <LayoutSwitch />
          <Button leftSection={<Glyph name="addPerson" />} onClick={() => drawer.open()}>
            {t("people.add")}
          </Button>
        </>
      }
    >
      <PeopleFilters filter={filter} onChange={setUrl} board ownOrder={whole ? t("board.by_hand") : undefined} views={<ViewsMenu now={url} board />} />
      <Board filter={whole && !filter.sort ? { sort: "board" } : filter} />
      <NewPerson opened={drawer.opened} onClose={drawer.close} />
    </Page>
  );
}
