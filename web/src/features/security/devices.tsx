import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Device } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { Tag } from "@/ui/status";
import { When } from "@/ui/when";
import { devicesOptions, useForgetDevice } from "./api";
import { browserName } from "./browser-name";
import classes from "./security.module.css";

export function Devices() {
  const query = useQuery(devicesOptions);
  const forget = useForgetDevice();
  return (
    <Section title={t("security.devices")}>
      <p className={classes.lead}>{t("security.devices_lead")}</p>
      <Stated query={query} failed={t("security.devices_failed")}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t("security.device_none")}</p>
          ) : (
            <ul className={rows.list}>
              {items.map((device) => (
                <Item key={device.id} device={device} onForget={() => forget.mutate(device)} />
              ))}
            </ul>
          )
        }
      </Stated>
    </Section>
  );
}

function Item({ device, onForget }: { device: Device; onForget: () => void }) {
  const name = browserName(device.name) ?? (device.name || t("security.session_unknown"));
  return (
    <li className={rows.item}>
      <div>
        <p className={rows.name}>{name}</p>
        <p className={rows.second}>
          {device.current && <Tag>{t("security.session_this")}</Tag>}
          {device.address && <span>{device.address}</span>}
          <span>
            {t("security.seen")} <When at={device.last_seen_at} />
          </span>
        </p>
      </div>
      <Button variant="default" aria-label={t("security.device_forget_this", { name })} onClick={onForget}>
        {t("security.device_forget")}
      </Button>
    </li>
  );
}
