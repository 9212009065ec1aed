import { Menu, UnstyledButton } from "@mantine/core";
import { t } from "@/lib/i18n";
import { type Stage, stageLabel, stages } from "@/lib/model";
import { Glyph } from "./icons";
import classes from "./stage.module.css";

const steps: readonly Stage[] = ["lead", "negotiating", "under_contract", "closed"];

/** How far along a person is, as four steps: filled up to where they stand, empty when lost. */
export function StageMark({ stage }: { stage: Stage }) {
  const reached = steps.indexOf(stage);
  return (
    <span className={classes.mark} data-stage={stage}>
      <span className={classes.steps} aria-hidden>
        {steps.map((step, index) => (
          <span key={step} data-filled={index <= reached || undefined} />
        ))}
      </span>
      <span className={classes.words}>{stageLabel(stage)}</span>
    </span>
  );
}

interface PickerProps {
  stage: Stage;
  onChange: (stage: Stage) => void;
  /** Whose stage it is, for a screen reader. */
  name: string;
}

/** The stage as a button that opens the choice of stages. */
export function StagePicker({ stage, onChange, name }: PickerProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.picker} aria-label={t("stage.change_of", { name, stage: stageLabel(stage) })}>
          <StageMark stage={stage} />
          <Glyph name="down" size={14} className={classes.caret} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {stages.map((option) => (
          <Menu.Item
            key={option}
            disabled={option === stage}
            rightSection={option === stage ? <Glyph name="check" /> : undefined}
            onClick={() => onChange(option)}
          >
            <StageMark stage={option} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The whole way from lead to closed, for a person's page: the stages side by side, one of them chosen. */
export function StageLadder({ stage, onChange, name }: PickerProps) {
  const reached = steps.indexOf(stage);
  return (
    <div className={classes.ladder} role="group" aria-label={t("stage.of", { name })}>
      {stages.map((step) => (
        <UnstyledButton
          key={step}
          className={classes.rung}
          data-stage={step}
          data-reached={(step !== "lost" && steps.indexOf(step) <= reached) || undefined}
          data-current={step === stage || undefined}
          aria-pressed={step === stage}
          onClick={() => step !== stage && onChange(step)}
        >
          {stageLabel(step)}
        </UnstyledButton>
      ))}
    </div>
  );
}
