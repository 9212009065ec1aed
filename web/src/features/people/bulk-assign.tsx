import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TeamMember } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { Stated } from "@/ui/states";
import { membersOptions } from "./members-api";

interface Props {
  /** Null takes the people off whoever has them. */
  onAssign: (member: TeamMember | null) => void;
}

/** Gives the chosen people to somebody of the office. */
export function BulkAssign({ onAssign }: Props) {
  const [opened, setOpened] = useState(false);
  const query = useQuery({ ...membersOptions, enabled: opened });
  return (
    <Menu position="top" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button variant="default" rightSection={<Glyph name="down" size={14} />}>
          {t("people.assign")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Stated query={query} failed={t("people.members_failed")} small>
          {(members) => (
            <>
              {members.map((member) => (
                <Menu.Item key={member.id} onClick={() => onAssign(member)}>
                  {member.name}
                </Menu.Item>
              ))}
              <Menu.Divider />
              <Menu.Item onClick={() => onAssign(null)}>{t("people.nobody")}</Menu.Item>
            </>
          )}
        </Stated>
      </Menu.Dropdown>
    </Menu>
  );
}
