import { Button, CopyButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { forwardingAddressOptions } from "./received-api";
import classes from "./emails.module.css";

/** Where an office can forward its own mail to, so that answers which came there are seen here. */
export function ForwardingAddress() {
  const { data } = useQuery(forwardingAddressOptions);
  if (!data) return null;
  const { address } = data;
  return (
    <div className={classes.forwarding}>
      <p>{t(address ? "received.forward" : "received.no_forward")}</p>
      {address && (
        <div className={classes.address}>
          <code>{address}</code>
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" leftSection={<Glyph name={copied ? "check" : "copy"} size={14} />} onClick={copy}>
                {t(copied ? "action.copied" : "action.copy")}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
    </div>
  );
}
