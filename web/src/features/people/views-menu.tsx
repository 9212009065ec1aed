import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { View } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { SaveView } from "./save-view";
import { addressOf, differs, shownAs, useViewActs, type Viewed, viewsOptions } from "./views-api";
import classes from "./views.module.css";

interface Props {
  /** What the page shows, and the view that it was opened with. */
  now: Viewed & { view?: string };
  board: boolean;
}

/** The saved views: one's own and the shared ones, each an address of its own. */
export function ViewsMenu({ now, board }: Props) {
  const views = useQuery(viewsOptions).data?.items ?? [];
  const acts = useViewActs();
  const [saving, setSaving] = useState(false);
  const current = views.find(({ id }) => id === now.view);
  const moved = current && differs(current, now, board);
  return (
    <>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<Glyph name={current?.favourite ? "favourite" : "view"} />}
            rightSection={<Glyph name="down" size={14} />}
            aria-label={current ? t("views.current", { name: current.name }) : undefined}
          >
            <span className={classes.current}>{current ? (moved ? t("views.moved", { name: current.name }) : current.name) : t("views.title")}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>{t("views.none")}</Menu.Label>}
          {views.map((view) => (
            <Item key={view.id} view={view} current={view.id === current?.id} />
          ))}
          <Menu.Divider />
          {current && moved && current.own && (
            <Menu.Item leftSection={<Glyph name="check" />} onClick={() => acts.change(current, shownAs(now, board))}>
              {t("views.update", { name: current.name })}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Glyph name="add" />} onClick={() => setSaving(true)}>
            {t("views.save")}
          </Menu.Item>
          {current && <CurrentActs view={current} acts={acts} />}
        </Menu.Dropdown>
      </Menu>
      <SaveView opened={saving} onClose={() => setSaving(false)} shown={shownAs(now, board)} />
    </>
  );
}

const Item = ({ view, current }: { view: View; current: boolean }) => (
  <Menu.Item
    component={Link}
    to={addressOf(view)}
    leftSection={<Glyph name={view.favourite ? "favourite" : view.layout === "board" ? "board" : "rows"} />}
    rightSection={current ? <Glyph name="check" /> : undefined}
  >
    {view.name}
    {view.shared && (
      <span className={classes.shared}>{view.own ? t("views.shared") : t("views.shared_by", { name: view.owner_name })}</span>
    )}
  </Menu.Item>
);

function CurrentActs({ view, acts }: { view: View; acts: ReturnType<typeof useViewActs> }) {
  return (
    <>
      <Menu.Item leftSection={<Glyph name="favourite" />} onClick={() => acts.change(view, { favourite: !view.favourite })}>
        {t(view.favourite ? "views.no_favourite" : "views.favourite")}
      </Menu.Item>
      <Menu.Item leftSection={<Glyph name="home" />} onClick={() => acts.change(view, { is_default: !view.is_default })}>
        {t(view.is_default ? "views.no_default" : "views.default")}
      </Menu.Item>
      {view.own && (
        <>
          <Menu.Item leftSection={<Glyph name="people" />} onClick={() => acts.change(view, { shared: !view.shared })}>
            {t(view.shared ? "views.unshare" : "views.share")}
          </Menu.Item>
          <Menu.Item leftSection={<Glyph name="delete" />} onClick={() => acts.remove(view)}>
            {t("views.delete", { name: view.name })}
          </Menu.Item>
        </>
      )}
    </>
  );
}
