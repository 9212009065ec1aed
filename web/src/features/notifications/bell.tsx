import { ActionIcon, Indicator, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { newsOptions } from "./api";
import { News } from "./news";

/** The bell of the shell: how much is unread, and the latest news behind it. */
export function Bell({ size = 36 }: { size?: number }) {
  const query = useQuery(newsOptions());
  const [opened, { toggle, close }] = useDisclosure(false);
  const unread = query.data?.unread ?? 0;
  return (
    <Popover opened={opened} onChange={(open) => !open && close()} position="bottom-end" width={360} trapFocus withinPortal shadow="md">
      <Indicator disabled={unread === 0} label={unread > 99 ? "99+" : unread} size={16} offset={6} color="door.7">
        <Popover.Target>
          <ActionIcon size={size} aria-label={t("bell.label", { count: unread })} onClick={toggle}>
            <Glyph name="bell" size={20} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label={t("bell.title")}>
        <News query={query} onLeave={close} />
      </Popover.Dropdown>
    </Popover>
  );
}
