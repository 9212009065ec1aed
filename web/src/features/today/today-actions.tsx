import { ActionIcon, Button, Menu } from "@mantine/core";
import { Link } from "react-router";
import type { TodayItem } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { stageLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Reschedule } from "@/ui/reschedule";
import type { TodayActs } from "./api";
import { titleOf } from "./today-card";
import classes from "./today.module.css";

interface Props {
  item: TodayItem;
  acts: TodayActs;
  now: Date;
}

/** What can be done about it with one tap: the thing itself first. */
export function TodayActions({ item, acts, now }: Props) {
  const calls = item.phone && (item.channel === "call" || item.kind === "reach_out" || !item.client_email);
  return (
    <div className={classes.acts}>
      {calls && (
        <Button component="a" href={`tel:${item.phone}`} variant="light" leftSection={<Glyph name="call" size={15} />}>
          {t("people.call")}
        </Button>
      )}
      <Main item={item} acts={acts} />
      {item.kind === "task" && (
        <Reschedule
          what={{ task: titleOf(item), name: item.client_name }}
          at={item.due ?? now.toISOString()}
          now={now}
          onChoose={(at, time) => acts.reschedule(item, at, time)}
        />
      )}
      <SkipMenu item={item} acts={acts} />
    </div>
  );
}

function Main({ item, acts }: Omit<Props, "now">) {
  switch (item.kind) {
    case "approve":
      return (
        <>
          <Button component={Link} to={paths.approvals} variant="light" leftSection={<Glyph name="preview" size={15} />}>
            {t("tasks.read_draft")}
          </Button>
          <Button leftSection={<Glyph name="send" size={15} />} onClick={() => acts.approve(item)} aria-label={t("approvals.approve_this", { name: item.client_name })}>
            {t("today.send")}
          </Button>
        </>
      );
    case "failed":
      return (
        <Button leftSection={<Glyph name="refresh" size={15} />} onClick={() => acts.retry(item)}>
          {t("action.retry")}
        </Button>
      );
    case "suggestion":
      return (
        <Button leftSection={<Glyph name="next" size={15} />} onClick={() => acts.move(item)}>
          {t("today.move_to", { stage: stageLabel(item.to_stage ?? item.stage) })}
        </Button>
      );
    case "reach_out":
      return (
        <>
          {item.client_email && (
            <Button component={Link} to={`${paths.person(item.client_id)}?compose=1`} variant="light" leftSection={<Glyph name="email" size={15} />}>
              {t("emails.one")}
            </Button>
          )}
          <Button leftSection={<Glyph name="check" size={15} />} onClick={() => acts.touch(item, "call")}>
            {t("today.spoke")}
          </Button>
        </>
      );
    case "task":
      return (
        <Button
          leftSection={<Glyph name="check" size={15} />}
          onClick={() => acts.complete(item)}
          aria-label={t("today.done_this", { task: titleOf(item), name: item.client_name })}
        >
          {t("action.done")}
        </Button>
      );
  }
}

const reasons = ["today.skip_not_now", "today.skip_spoke", "today.skip_no_interest", "today.skip_wrong"] as const;

function SkipMenu({ item, acts }: Omit<Props, "now">) {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t("tasks.skip_this", { task: titleOf(item), name: item.client_name })}>
          <Glyph name="skip" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("today.skip_because")}</Menu.Label>
        {reasons.map((reason) => (
          <Menu.Item key={reason} onClick={() => acts.skip(item, t(reason))}>
            {t(reason)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
