import { Button, Checkbox, CopyButton, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import type { MadeApiKey } from "@/api/types.gen";
import { fieldErrors } from "@/lib/form";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { toastError } from "@/ui/toast";
import { useMakeApiKey } from "./api";
import classes from "./settings.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** What a key can be allowed to do. */
const scopes = [
  "clients:read",
  "clients:write",
  "tasks:read",
  "tasks:write",
  "emails:read",
  "emails:write",
  "dashboard:read",
  "events:read",
  "jobs:read",
  "jobs:write",
  "reports:read",
  "calendar:read",
  "calendar:write",
  "settings:read",
  "settings:write",
  "templates:read",
  "templates:write",
  "webhooks:read",
  "webhooks:write",
] as const;

export function NewApiKeyDrawer({ opened, onClose }: Props) {
  return (
    <SideDrawer opened={opened} onClose={onClose} title={t("api_keys.make")}>
      <NewApiKey onClose={onClose} />
    </SideDrawer>
  );
}

function NewApiKey({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<MadeApiKey | null>(null);
  return made ? <Made made={made} onClose={onClose} /> : <Form onMade={setMade} onClose={onClose} />;
}

function Form({ onMade, onClose }: { onMade: (key: MadeApiKey) => void; onClose: () => void }) {
  const form = useForm({
    initialValues: { name: "", scopes: ["clients:read"] as string[] },
    validate: {
      name: (value) => (value.trim() ? null : t("form.required")),
      scopes: (value) => (value.length ? null : t("api_keys.choose_scope")),
    },
  });
  const make = useMakeApiKey(onMade);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        make.mutate(values, {
          onError: (error) => {
            const fields = fieldErrors(error);
            if (Object.keys(fields).length) form.setErrors(fields);
            else toastError(t("api_keys.not_made"), error);
          },
        }),
      )}
    >
      <Stack gap="md" pb="xl">
        <TextInput
          label={t("api_keys.name")}
          description={t("api_keys.name_hint")}
          data-autofocus
          withAsterisk
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <Checkbox.Group label={t("api_keys.scopes")} {...form.getInputProps("scopes")}>
          <div className={classes.scopes}>
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} />
            ))}
          </div>
        </Checkbox.Group>
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" loading={make.isPending}>
          {t("api_keys.make")}
        </Button>
      </DrawerFoot>
    </form>
  );
}

const Made = ({ made, onClose }: { made: MadeApiKey; onClose: () => void }) => (
  <>
    <Stack gap="md">
      <p>{t("api_keys.made", { name: made.name })}</p>
      <code className={rows.code}>{made.api_key}</code>
      <p className={rows.once}>
        <Glyph name="attention" />
        {t("api_keys.once")}
      </p>
    </Stack>
    <DrawerFoot>
      <CopyButton value={made.api_key}>
        {({ copied, copy }) => (
          <Button variant="default" leftSection={<Glyph name={copied ? "check" : "copy"} />} onClick={copy}>
            {t(copied ? "action.copied" : "action.copy")}
          </Button>
        )}
      </CopyButton>
      <Button onClick={onClose}>{t("action.done")}</Button>
    </DrawerFoot>
  </>
);
