import { Button, Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { fieldErrors, validators } from "@/lib/form";
import { ApiError } from "@/lib/http";
import { t, translate } from "@/lib/i18n";
import { label } from "@/lib/model";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { toast, toastError } from "@/ui/toast";
import { type Role, useInvite } from "./api";

interface Props {
  opened: boolean;
  onClose: () => void;
  roles: Role[];
}

export const InviteDrawer = ({ opened, onClose, roles }: Props) => (
  <SideDrawer opened={opened} onClose={onClose} title={t("team.invite")}>
    <InviteForm onClose={onClose} roles={roles} />
  </SideDrawer>
);

function InviteForm({ onClose, roles }: Omit<Props, "opened">) {
  const last = roles[roles.length - 1] ?? "agent";
  const form = useForm({ initialValues: { email: "", name: "", role: last }, validate: validators("NewTeamInvitation") });
  const invite = useInvite(({ email }) => {
    onClose();
    toast({ message: t("team.invited", { name: email }) });
  });
  const submit = ({ email, name, role }: typeof form.values) =>
    invite.mutate(
      { email, role, name: name.trim() || null },
      {
        onError: (error) => {
          const fields = fieldErrors(error);
          if (error instanceof ApiError && error.status === 409) fields.email = error.message;
          if (Object.keys(fields).length) form.setErrors(fields);
          else toastError(t("team.not_invited"), error);
        },
      },
    );
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="md" pb="xl">
        <TextInput label={t("team.email")} type="email" withAsterisk data-autofocus autoComplete="off" {...form.getInputProps("email")} />
        <TextInput label={t("team.name")} autoComplete="off" {...form.getInputProps("name")} />
        <Radio.Group label={t("team.role")} {...form.getInputProps("role")}>
          <Stack gap="xs" mt="xs">
            {roles.map((role) => (
              <Radio key={role} value={role} label={label("role", role)} description={translate(`role_words.${role}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <p>{t("team.invite_words")}</p>
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" loading={invite.isPending}>
          {t("team.send_invitation")}
        </Button>
      </DrawerFoot>
    </form>
  );
}
