import { enums, type JourneyTemplate, type NewStep } from "@/api/types.gen";
import type { Stage } from "@/lib/model";
import { fromMinutes, toMinutes, type Unit } from "./offset";

export type Channel = NonNullable<NewStep["channel"]>;
export type Mode = NonNullable<NewStep["mode"]>;
export type Occasion = NonNullable<NewStep["followup_type"]>;
export const channels: readonly Channel[] = enums.NewStep.channel;
export const modes: readonly Mode[] = enums.NewStep.mode;
export const occasions: readonly Occasion[] = enums.NewStep.followup_type;
export const starts: readonly JourneyTemplate["starts"][] = enums.JourneyTemplate.starts;

export interface StepValues {
  key: string;
  id?: string;
  name: string;
  count: number | string;
  unit: Unit;
  channel: Channel;
  mode: Mode;
  priority: NonNullable<NewStep["priority"]>;
  followup_type: Occasion;
  instructions: string;
  /** Of the library, or "" where a letter is written for each person. */
  letter_id: string;
}

export interface PlanValues {
  name: string;
  starts: JourneyTemplate["starts"];
  stage: Stage | "";
  steps: StepValues[];
}

let made = 0;
const nextKey = () => `step-${(made += 1)}`;

export const emptyStep = (after: number): StepValues => ({
  key: nextKey(),
  name: "",
  ...fromMinutes(after),
  channel: "email",
  mode: "automatic",
  priority: "medium",
  followup_type: "Custom",
  instructions: "",
  letter_id: "",
});

export const emptyPlan = (): PlanValues => ({ name: "", starts: "by_hand", stage: "", steps: [emptyStep(1440)] });

export const formOf = (plan: JourneyTemplate): PlanValues => ({
  name: plan.name,
  starts: plan.starts,
  stage: plan.stage ?? "",
  steps: plan.steps.map((step) => ({
    key: step.id,
    id: step.id,
    name: step.name,
    ...fromMinutes(step.offset_minutes),
    channel: step.channel,
    mode: step.mode,
    priority: step.priority,
    followup_type: step.followup_type,
    instructions: step.instructions ?? "",
    letter_id: step.letter_id ?? "",
  })),
});

/** Calls and reminders are for people; messages may go by themselves. */
export const modesOf = (channel: Channel): readonly Mode[] => (channel === "call" || channel === "note" ? ["manual"] : modes);

/** A plan as both adding and changing it take it. */
export interface PlanBody {
  name: string;
  starts: JourneyTemplate["starts"];
  stage: Stage | null;
  steps: NewStep[];
}

export const bodyOf = (values: PlanValues): PlanBody => ({
  name: values.name,
  starts: values.starts,
  stage: values.starts === "by_hand" ? null : values.stage || null,
  steps: values.steps.map((step) => ({
    id: step.id,
    name: step.name,
    followup_type: step.followup_type,
    offset_minutes: toMinutes({ count: Number(step.count) || 0, unit: step.unit }),
    channel: step.channel,
    mode: step.mode,
    priority: step.priority,
    instructions: step.instructions.trim() || null,
    letter_id: step.channel === "email" ? step.letter_id || null : null,
  })),
});
