import { Button, CopyButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { QrCode } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { label } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import { Stated } from "@/ui/states";
import classes from "./onboarding.module.css";

/** The code as a picture of its own, that can be saved and printed at any size. */
const drawn = ({ size, path }: QrCode): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`,
  )}`;

/** The realtor's own public addresses: to copy, and to print as a code for a sign. */
export function OwnLinks() {
  const query = useQuery({ queryKey: keys.publicLinks, queryFn: ({ signal }) => call("list_public_links", {}, { signal }) });
  return (
    <Stated query={query} failed={t("links.load_failed")} small>
      {({ items }) => (
        <ul className={classes.links}>
          {items.map(({ kind, url, qr }) => (
            <li key={kind} className={classes.link}>
              <img src={drawn(qr)} alt={t("links.code", { name: label("links", kind) })} width={96} height={96} />
              <div>
                <strong>{label("links", kind)}</strong>
                <code>{url}</code>
                <CopyButton value={url}>
                  {({ copied, copy }) => (
                    <Button size="compact-sm" variant="default" leftSection={<Glyph name={copied ? "check" : "copy"} />} onClick={copy}>
                      {t(copied ? "action.copied" : "action.copy")}
                    </Button>
                  )}
                </CopyButton>{" "}
                <Button size="compact-sm" variant="subtle" component="a" href={drawn(qr)} download={`${kind}.svg`}>
                  {t("links.download")}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Stated>
  );
}
