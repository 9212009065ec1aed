import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { clientJourneysOptions, type JourneyActs, plansOptions, useJourneyActs } from "./api";
import { JourneyRow } from "./journey-row";
import classes from "./journeys.module.css";

/** The plans a person is on, or was. */
export function ClientJourneys({ client }: { client: Client }) {
  const query = useQuery(clientJourneysOptions(client.id));
  const acts = useJourneyActs();
  return (
    <Section title={t("journeys.title")} actions={<StartPlan client={client} acts={acts} />} className={classes.own}>
      <Stated query={query} failed={t("journeys.load_failed")} small>
        {({ items }) =>
          items.length === 0 ? (
            <Empty small title={t("journeys.client_none_title")}>
              {t("journeys.client_none")}
            </Empty>
          ) : (
            <ul className={classes.list}>
              {items.map((journey) => (
                <JourneyRow key={journey.id} journey={journey} acts={acts} own />
              ))}
            </ul>
          )
        }
      </Stated>
    </Section>
  );
}

function StartPlan({ client, acts }: { client: Client; acts: JourneyActs }) {
  const plans = useQuery(plansOptions);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" rightSection={<Glyph name="down" size={14} />} disabled={client.email_unsubscribed}>
          {t("journeys.start")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("journeys.start_hint")}</Menu.Label>
        {(plans.data?.items ?? []).map((plan) => (
          <Menu.Item key={plan.id} onClick={() => acts.start(client.id, plan)}>
            {plan.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
