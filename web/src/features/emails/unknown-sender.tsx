import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { ReceivedEmail } from "@/api/types.gen";
import { rich, t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { DrawerFoot } from "@/ui/side-drawer";
import { withAddressOptions } from "./received-api";
import classes from "./emails.module.css";

/** What to do about a letter of nobody's: its sender is added, or has been since. */
export function UnknownSender({ email, onAdd }: { email: ReceivedEmail; onAdd: () => void }) {
  const people = useQuery(withAddressOptions(email.from_email));
  if (people.isPending) return null;
  const client = people.data?.items.find((person) => person.email?.toLowerCase() === email.from_email.toLowerCase());
  if (client) {
    const name = <Link to={paths.person(client.id)}>{client.name}</Link>;
    return (
      <>
        <p className={classes.sender}>{rich("received.known", { name })}</p>
        <DrawerFoot>
          <Button component={Link} to={`${paths.person(client.id)}?compose=1`} leftSection={<Glyph name="email" />}>
            {t("received.write", { name: client.name })}
          </Button>
        </DrawerFoot>
      </>
    );
  }
  return (
    <>
      <p className={classes.sender}>{t("received.unknown")}</p>
      <DrawerFoot>
        <Button onClick={onAdd} leftSection={<Glyph name="addPerson" />}>
          {t("received.add")}
        </Button>
      </DrawerFoot>
    </>
  );
}
