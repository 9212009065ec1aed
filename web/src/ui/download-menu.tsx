import { ActionIcon, Menu } from "@mantine/core";
import { address } from "@/lib/http";
import { t } from "@/lib/i18n";
import { Glyph } from "./icons";

interface Props {
  /** Beside which the files lie: "/api/tasks". */
  list: string;
  /** As the list is filtered. */
  filter?: Record<string, string | number | boolean | undefined>;
}

const kinds = ["csv", "xlsx"] as const;

/** All of a list as a file, not only the page that is shown. */
export const DownloadMenu = ({ list, filter }: Props) => (
  <Menu>
    <Menu.Target>
      <ActionIcon size={36} aria-label={t("download.menu")}>
        <Glyph name="down" />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      {kinds.map((kind) => (
        <Menu.Item key={kind} component="a" href={address(`${list}/export.${kind}`, {}, filter)} download data-fetched={kind === "xlsx" || undefined}>
          {t(`download.${kind}`)}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
);
