import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "react-router";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import type { Filter } from "./api";

/** What else there is to do with the people as a whole. */
export function PeopleMore({ filter }: { filter: Filter }) {
  const search = new URLSearchParams(Object.entries(filter).filter(([, value]) => value) as [string, string][]).toString();
  const asked = search ? `?${search}` : "";
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={36} aria-label={t("people.more")}>
          <Glyph name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to={paths.imports} leftSection={<Glyph name="document" />}>
          {t("imports.title")}
        </Menu.Item>
        <Menu.Item component="a" href={paths.exportPeople("csv", asked)} download leftSection={<Glyph name="down" />}>
          {t("people.export_csv")}
        </Menu.Item>
        <Menu.Item component="a" href={paths.exportPeople("xlsx", asked)} download data-fetched leftSection={<Glyph name="down" />}>
          {t("people.export_xlsx")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item component={Link} to={paths.duplicates} leftSection={<Glyph name="merge" />}>
          {t("merge.duplicates")}
        </Menu.Item>
        <Menu.Item component={Link} to={paths.changes} leftSection={<Glyph name="restore" />}>
          {t("bulk.title")}
        </Menu.Item>
        <Menu.Item component={Link} to={paths.trash} leftSection={<Glyph name="delete" />}>
          {t("trash.title")}
        </Menu.Item>
        <Menu.Item component={Link} to={paths.tags} leftSection={<Glyph name="tag" />}>
          {t("settings.tags")}
        </Menu.Item>
        <Menu.Item component={Link} to={paths.fields} leftSection={<Glyph name="edit" />}>
          {t("settings.fields")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
