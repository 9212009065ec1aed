import { ActionIcon, Button, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { StageRule, StageSuggestion } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label, stageLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { DownloadMenu } from "@/ui/download-menu";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { SideDrawer, useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { Mark } from "@/ui/status";
import { When } from "@/ui/when";
import { type Decision, rulesOptions, suggestionsOptions, useDecide, useRuleActs } from "./api";
import { RuleForm } from "./rule-form";
import classes from "./stage-rules.module.css";

/** The rules by which people move along, and what came of them. */
export function StageRulesPage() {
  const drawer = useDrawer("rule");
  const add = (
    <Button leftSection={<Glyph name="add" />} onClick={() => drawer.open()}>
      {t("stage_rules.add")}
    </Button>
  );
  return (
    <>
      <Section title={t("settings.stage_rules")} actions={add}>
        <p className={rows.lead}>{t("stage_rules.lead")}</p>
        <Rules />
      </Section>
      <Section
        title={t("stage_rules.moves")}
        actions={<DownloadMenu list="/api/stage-suggestions" />}
        className={classes.moves}
      >
        <Moves />
      </Section>
      <SideDrawer opened={drawer.opened} onClose={drawer.close} title={t("stage_rules.add")}>
        <RuleForm onClose={drawer.close} />
      </SideDrawer>
    </>
  );
}

function Rules() {
  const query = useQuery(rulesOptions);
  const acts = useRuleActs();
  return (
    <Stated query={query} failed={t("stage_rules.load_failed")} small>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="next" title={t("stage_rules.empty_title")}>
            {t("stage_rules.empty")}
          </Empty>
        ) : (
          <ul className={rows.list}>
            {items.map((rule) => (
              <li key={rule.id} className={classes.item}>
                <div>
                  <p className={classes.name}>{rule.name}</p>
                  <p className={classes.second}>{wordsOf(rule)}</p>
                </div>
                <Switch
                  checked={rule.active}
                  onChange={() => acts.toggle.mutate(rule)}
                  aria-label={t("stage_rules.active_of", { name: rule.name })}
                />
                <ActionIcon aria-label={t("stage_rules.delete_this", { name: rule.name })} onClick={() => acts.remove.mutate(rule)}>
                  <Glyph name="delete" />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )
      }
    </Stated>
  );
}

function wordsOf(rule: StageRule): string {
  const words = t("stage_rules.words", {
    stages: rule.from_stages.map(stageLabel).join(", "),
    trigger: label("stage_trigger", rule.trigger),
    count: rule.threshold,
    stage: stageLabel(rule.to_stage),
  });
  return `${words}, ${label("stage_action", rule.action)}`;
}

function Moves() {
  const query = useQuery(suggestionsOptions);
  return (
    <Stated query={query} failed={t("stage_rules.moves_failed")} small>
      {({ items }) =>
        items.length === 0 ? (
          <p className={classes.second}>{t("stage_rules.moves_empty")}</p>
        ) : (
          <ul className={rows.list}>
            {items.map((suggestion) => (
              <Move key={suggestion.id} suggestion={suggestion} />
            ))}
          </ul>
        )
      }
    </Stated>
  );
}

const offered: Partial<Record<StageSuggestion["status"], Decision[]>> = {
  open: ["accept", "dismiss"],
  accepted: ["undo"],
  done: ["undo"],
};

function Move({ suggestion }: { suggestion: StageSuggestion }) {
  const decide = useDecide();
  const { from_stage: from, to_stage: to, rule_name: rule } = suggestion;
  return (
    <li className={classes.item}>
      <div>
        <p className={classes.title}>
          <Link to={paths.person(suggestion.client_id)} className={classes.name}>
            {suggestion.client_name}
          </Link>
          <Mark tone={suggestion.status === "open" ? "warn" : "neutral"}>{label("suggestion_status", suggestion.status)}</Mark>
        </p>
        <p className={classes.second}>
          {t("stage_rules.move", { from: stageLabel(from), to: stageLabel(to), rule })} <When at={suggestion.created_at} />
        </p>
      </div>
      <div className={classes.acts}>
        {(offered[suggestion.status] ?? []).map((decision) => (
          <Button key={decision} size="compact-sm" variant="light" onClick={() => decide.mutate({ suggestion, decision })}>
            {t(`stage_rules.${decision}`)}
          </Button>
        ))}
      </div>
    </li>
  );
}
