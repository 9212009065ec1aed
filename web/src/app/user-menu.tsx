import { Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import type { Me } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { forgetQueries } from "@/lib/kept-queries";
import { paths } from "@/lib/paths";
import { forgetPeople } from "@/lib/recents";
import { Avatar } from "@/ui/avatar";
import { Glyph } from "@/ui/icons";
import { toastError } from "@/ui/toast";
import { openCheatSheet } from "./cheat-sheet";
import classes from "./user-menu.module.css";

const schemes = [
  { value: "auto", label: "look.auto", icon: "system" },
  { value: "light", label: "look.light", icon: "light" },
  { value: "dark", label: "look.dark", icon: "dark" },
] as const;

/** Who is signed in, how the console looks, the way out. */
export function UserMenu({ session, wide }: { session: Me; wide?: boolean }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const navigate = useNavigate();

  const signOut = async () => {
    try {
      await call("sign_out", {});
      forgetQueries(client);
      forgetPeople();
      void navigate(paths.login);
    } catch (error) {
      toastError(t("session.sign_out_failed"), error);
    }
  };

  return (
    <Menu position={wide ? "top-start" : "bottom-end"} width={232}>
      <Menu.Target>
        <UnstyledButton className={classes.button} data-wide={wide || undefined}>
          <Avatar name={session.user.name} size={wide ? 30 : 32} />
          {!wide && <VisuallyHidden>{t("nav.user_menu", { name: session.user.name })}</VisuallyHidden>}
          {wide && (
            <span className={classes.who}>
              <span className={classes.name}>{session.user.name}</span>
              <span className={classes.account}>{session.account.name}</span>
              <VisuallyHidden>{t("nav.user_menu_hint")}</VisuallyHidden>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.user.email}</Menu.Label>
        <Menu.Item component={Link} to={paths.profile} leftSection={<Glyph name="person" />}>
          {t("settings.profile")}
        </Menu.Item>
        <Menu.Item leftSection={<Glyph name="keyboard" />} onClick={openCheatSheet}>
          {t("keys.help")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("look.title")}</Menu.Label>
        {schemes.map(({ value, label, icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Glyph name={icon} />}
            rightSection={colorScheme === value ? <Glyph name="check" /> : undefined}
            onClick={() => setColorScheme(value)}
          >
            {t(label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Glyph name="signOut" />} onClick={() => void signOut()}>
          {t("session.sign_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
