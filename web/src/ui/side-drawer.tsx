import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { t } from "@/lib/i18n";
import classes from "./side-drawer.module.css";

/** A drawer whose being open stands in the URL: its address can be shared, Back closes it. */
export function useDrawer(name: string) {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const value = params.get(name);
  const open = useCallback(
    (next = "1") =>
      setParams(
        (previous) => {
          const search = new URLSearchParams(previous);
          search.set(name, next);
          return search;
        },
        { state: { drawer: name }, preventScrollReset: true },
      ),
    [setParams, name],
  );
  // Going back takes a moment: a second Escape meanwhile would leave the page.
  const closing = useRef(false);
  useEffect(() => {
    if (value === null) closing.current = false;
  }, [value]);
  const close = useCallback(() => {
    if (closing.current) return;
    const opened = (window.history.state as { usr?: { drawer?: string } } | null)?.usr?.drawer === name;
    if (opened) {
      closing.current = true;
      void navigate(-1);
      return;
    }
    setParams(
      (previous) => {
        const search = new URLSearchParams(previous);
        search.delete(name);
        return search;
      },
      { replace: true, preventScrollReset: true },
    );
  }, [setParams, navigate, name]);
  return { opened: value !== null, value, open, close };
}

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  size?: number;
  children: ReactNode;
}

export function SideDrawer({ title, opened, onClose, size = 480, children }: Props) {
  const phone = useMediaQuery("(max-width: 48rem)");
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      size={phone ? "100%" : size}
      closeButtonProps={{ "aria-label": t("action.close") }}
      classNames={{ title: classes.title, header: classes.header, content: classes.content, body: classes.body }}
    >
      {children}
    </Drawer>
  );
}

/** The buttons at the foot of a form; they stay in sight. */
export const DrawerFoot = ({ children }: { children: ReactNode }) => <div className={classes.foot}>{children}</div>;
