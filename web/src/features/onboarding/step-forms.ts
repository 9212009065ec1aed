import type { ComponentType } from "react";
import { accessStep } from "./access-step";
import type { Step } from "./api";
import { BrandStep } from "./brand-step";
import { CalendarStep } from "./calendar-step";
import { ProfileStep } from "./profile-step";
import { ServicesStep } from "./services-step";
import type { StepProps } from "./step-frame";

export const stepForms: Record<Step, ComponentType<StepProps>> = {
  profile: ProfileStep,
  services: ServicesStep,
  brand: BrandStep,
  website: accessStep("website"),
  ga4: accessStep("ga4"),
  google_ads: accessStep("google_ads"),
  meta: accessStep("meta"),
  forms: accessStep("forms"),
  calendar: CalendarStep,
};
