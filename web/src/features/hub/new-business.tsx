import { Button, Checkbox, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "react-router";
import { enums, type NewHubClient } from "@/api/types.gen";
import { fieldErrors, validators } from "@/lib/form";
import { ApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { toast, toastError } from "@/ui/toast";
import { useCreateBusiness } from "./api";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export const NewBusiness = ({ opened, onClose }: Props) => (
  <SideDrawer opened={opened} onClose={onClose} title={t("hub.add")}>
    <NewBusinessForm onClose={onClose} />
  </SideDrawer>
);

const asked = [
  ["requires_website_access", "website"],
  ["requires_ga4_access", "ga4"],
  ["requires_google_ads_access", "google_ads"],
  ["requires_meta_access", "meta"],
  ["requires_forms_step", "forms"],
] as const;

const initialValues = {
  name: "",
  email: "",
  business_name: "",
  client_package: "",
  asked: asked.map(([field]) => field) as string[],
  send_invitation: true,
};

/** The business and its invitation in one step. */
function NewBusinessForm({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { name, email } = validators("NewHubClient");
  const form = useForm({ initialValues, validate: { name, email } });
  const create = useCreateBusiness((business) => {
    void navigate(paths.business(business.id), { replace: true });
    toast({ message: t("hub.created", { name: business.name }) });
  });
  const submit = ({ asked: wanted, business_name: businessName, client_package: choice, ...rest }: typeof initialValues) => {
    const body: NewHubClient = {
      ...rest,
      ...(businessName.trim() && { business_name: businessName }),
      ...(choice && { client_package: choice as NewHubClient["client_package"] }),
      ...Object.fromEntries(asked.map(([field]) => [field, wanted.includes(field)])),
    };
    create.mutate(body, {
      onError: (error) => {
        const fields = fieldErrors(error);
        if (error instanceof ApiError && error.status === 409) fields.email = error.message;
        if (Object.keys(fields).length) form.setErrors(fields);
        else toastError(t("hub.not_created"), error);
      },
    });
  };
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="md" pb="xl">
        <TextInput label={t("hub.person")} withAsterisk data-autofocus autoComplete="off" {...form.getInputProps("name")} />
        <TextInput label={t("hub.email")} type="email" withAsterisk autoComplete="off" {...form.getInputProps("email")} />
        <TextInput label={t("wizard.business_name")} autoComplete="off" {...form.getInputProps("business_name")} />
        <NativeSelect
          label={t("hub.package")}
          data={[{ value: "", label: t("hub.no_package") }, ...enums.HubClient.client_package.map((value) => ({ value, label: value }))]}
          {...form.getInputProps("client_package")}
        />
        <Checkbox.Group label={t("hub.asked")} description={t("hub.asked_hint")} {...form.getInputProps("asked")}>
          <Stack gap="xs" mt="xs">
            {asked.map(([field, step]) => (
              <Checkbox key={field} value={field} label={t(`wizard.step.${step}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Checkbox
          label={t("hub.send_invitation")}
          description={t("hub.send_invitation_hint")}
          {...form.getInputProps("send_invitation", { type: "checkbox" })}
        />
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" loading={create.isPending}>
          {t("hub.create")}
        </Button>
      </DrawerFoot>
    </form>
  );
}
