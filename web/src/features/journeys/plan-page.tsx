import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import type { JourneyTemplate } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import { Stated } from "@/ui/states";
import { toast } from "@/ui/toast";
import { planOptions, useChangePlan, useCreatePlan, useDeletePlan } from "./api";
import { PlanForm } from "./plan-form";
import { emptyPlan, formOf } from "./plan-values";

const back = () => ({ to: paths.journeys, label: t("nav.journeys") });

export function PlanPage() {
  const { id = "new" } = useParams();
  return id === "new" ? <NewPlan /> : <ExistingPlan key={id} id={id} />;
}

function NewPlan() {
  const navigate = useNavigate();
  const create = useCreatePlan((plan) => {
    toast({ message: t("plans.created", { name: plan.name }) });
    void navigate(paths.journeys);
  });
  return (
    <Page title={t("plans.add")} back={back()} narrow>
      <PlanForm initial={emptyPlan()} act={create} onSubmit={(body, options) => create.mutate(body, options)} />
    </Page>
  );
}

function ExistingPlan({ id }: { id: string }) {
  const query = useQuery({ ...planOptions(id), staleTime: 0 });
  if (query.data) return <EditPlan key={query.data.version} plan={query.data} />;
  return (
    <Page title={t("plans.one")} back={back()} narrow>
      <Stated query={query} failed={query.error ? t("plans.one_failed") : undefined}>
        {() => null}
      </Stated>
    </Page>
  );
}

function EditPlan({ plan }: { plan: JourneyTemplate }) {
  const navigate = useNavigate();
  const change = useChangePlan((saved) => toast({ message: t("plans.saved", { name: saved.name }) }));
  const remove = useDeletePlan();
  const leave = () => {
    remove.mutate(plan);
    void navigate(paths.journeys);
  };
  const actions = (!plan.built_in || plan.edited) && (
    <Button variant="default" leftSection={<Glyph name={plan.built_in ? "restore" : "delete"} />} onClick={leave}>
      {t(plan.built_in ? "plans.to_default" : "action.delete")}
    </Button>
  );
  return (
    <Page title={plan.name} back={back()} actions={actions || undefined} narrow>
      <PlanForm
        initial={formOf(plan)}
        running={plan.running}
        act={change}
        onSubmit={(patch, options) => change.mutate({ id: plan.id, patch }, options)}
      />
    </Page>
  );
}
