import { queryOptions } from "@tanstack/react-query";
import type { HubClient, HubClientPatch, NewHubClient, OnboardingPlan } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import type { Tone } from "@/lib/model";
import { listOptions, removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export type State = HubClient["onboarding"]["state"];
export interface Filter {
  q?: string;
  state?: State;
}

const pageSize = 50;

export const businessListOptions = (filter: Filter) =>
  listOptions<HubClient>(keys.businessList(filter), (cursor, signal) =>
    call("list_businesses", { query: { ...filter, limit: pageSize, cursor } }, { signal }),
  );

export const businessOptions = (id: string) =>
  queryOptions({ queryKey: keys.business(id), queryFn: ({ signal }) => call("get_business", { path: { id } }, { signal }) });

export const planOptions = queryOptions({
  queryKey: keys.onboardingPlan,
  queryFn: ({ signal }) => call("get_onboarding_plan", {}, { signal }),
});

const path = ({ id }: HubClient) => ({ path: { id } });

export const useCreateBusiness = (done: (business: HubClient) => void) =>
  useAct({ run: (body: NewHubClient) => call("create_business", { body }), touches: [keys.businesses], done });

export const useUpdateBusiness = () =>
  useAct({
    run: ({ business, patch }: { business: HubClient; patch: HubClientPatch }) =>
      call("update_business", { ...path(business), body: patch }, { ifMatch: true }),
    touches: [keys.businesses],
    failed: ({ business }) => t("hub.not_changed", { name: business.name }),
  });

export const useInviteBusiness = () =>
  useAct({
    run: (business: HubClient) => call("invite_business", path(business)),
    touches: [keys.businesses],
    failed: ({ name }) => t("hub.not_invited", { name }),
    done: ({ to }) => toast({ message: t("hub.invited", { email: to }) }),
  });

export const useActivateBusiness = () =>
  useAct({
    run: (business: HubClient) => call("activate_business", path(business)),
    touches: [keys.businesses],
    failed: ({ name }) => t("hub.not_activated", { name }),
    done: ({ name }) => toast({ message: t("hub.activated", { name }) }),
  });

export const useRemoveBusiness = (done: () => void) =>
  useAct({
    run: (business: HubClient) => call("remove_business", path(business)),
    touches: [keys.businesses],
    change: (client, { id }) => removeCached(client, keys.businesses, [id]),
    failed: ({ name }) => t("hub.not_removed", { name }),
    done,
  });

export const useSetPlan = () =>
  useAct({
    run: (body: OnboardingPlan) => call("set_onboarding_plan", { body }),
    touches: [keys.onboardingPlan],
    failed: () => t("plan.not_saved"),
    done: () => toast({ message: t("plan.saved") }),
  });

const tones: Record<State, Tone> = { not_invited: "neutral", invited: "info", in_progress: "info", completed: "warn", active: "good" };
export const toneOf = (state: State): Tone => tones[state];
