import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { ReceivedEmail } from "@/api/types.gen";
import { rich, t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { DrawerFoot } from "@/ui/side-drawer";
import { withAddressOptions } from "./received-api";
import classes from "./emails.module.css";

interface Props {
  email: ReceivedEmail;
  onAdd: () => void;
  /** The letter itself. */
  children: ReactNode;
}

/** A letter of nobody's, with what to do about it: its sender is added, or has been since. */
export function UnknownSender({ email, onAdd, children }: Props) {
  const people = useQuery(withAddressOptions(email.from_email));
  const asked = !people.isPending;
  const client = people.data?.items.find((person) => person.email?.toLowerCase() === email.from_email.toLowerCase());
  const name = client && <Link to={paths.person(client.id)}>{client.name}</Link>;
  return (
    <>
      {asked && <p className={classes.sender}>{name ? rich("received.known", { name }) : t("received.unknown")}</p>}
      {children}
      {asked && (
        <DrawerFoot>
          {client ? (
            <Button component={Link} to={`${paths.person(client.id)}?compose=1`} leftSection={<Glyph name="email" />}>
              {t("received.write", { name: client.name })}
            </Button>
          ) : (
            <Button onClick={onAdd} leftSection={<Glyph name="addPerson" />}>
              {t("received.add")}
            </Button>
          )}
        </DrawerFoot>
      )}
    </>
  );
}
