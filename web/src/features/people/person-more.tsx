import { ActionIcon, Menu } from "@mantine/core";
import type { Client } from "@/api/types.gen";
import { currentLocale, t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useMay } from "@/lib/permissions";
import { Glyph } from "@/ui/icons";

interface Props {
  client: Client;
  onEmails: (unsubscribed: boolean) => void;
  onMerge: () => void;
  onStages: () => void;
  onDelete: () => void;
  onErase: () => void;
}

/** What else there is to do with a person. */
export function PersonMore({ client, onEmails, onMerge, onStages, onDelete, onErase }: Props) {
  const mayErase = useMay("erase_contact");
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={36} aria-label={t("people.more_about", { name: client.name })}>
          <Glyph name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Glyph name={client.email_unsubscribed ? "email" : "away"} />}
          onClick={() => onEmails(!client.email_unsubscribed)}
        >
          {t(client.email_unsubscribed ? "people.allow_emails" : "people.stop_emails")}
        </Menu.Item>
        <Menu.Item leftSection={<Glyph name="merge" />} onClick={onMerge}>
          {t("merge.with")}
        </Menu.Item>
        <Menu.Item leftSection={<Glyph name="next" />} onClick={onStages}>
          {t("stages.title")}
        </Menu.Item>
        <Menu.Item
          component="a"
          href={paths.summary(client.id, currentLocale())}
          download
          data-fetched
          leftSection={<Glyph name="document" />}
        >
          {t("people.summary_pdf")}
        </Menu.Item>
        <Menu.Item component="a" href={paths.exportPerson(client.id)} download leftSection={<Glyph name="down" />}>
          {t("people.archive")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<Glyph name="delete" />}
          onClick={onDelete}
        >
          {t("people.delete")}
        </Menu.Item>
        {mayErase && (
          <Menu.Item color="red" leftSection={<Glyph name="failed" />} onClick={onErase}>
            {t("erase.menu")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
