import { Button, NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { enums, type Settings, type SettingsPatch } from "@/api/types.gen";
import { fieldErrors, validators } from "@/lib/form";
import { t } from "@/lib/i18n";
import { settingsOptions } from "@/lib/letters";
import { label } from "@/lib/model";
import { useMay } from "@/lib/permissions";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { toastError } from "@/ui/toast";
import { useSaveSettings } from "./api";
import classes from "./settings.module.css";

/** How the office presents itself in its letters, and when it writes by itself. */
export function OfficePage() {
  const query = useQuery(settingsOptions);
  return (
    <Section title={t("settings.office")}>
      <p className={rows.lead}>{t("office.lead")}</p>
      <Stated query={query} failed={t("office.load_failed")}>
        {(settings) => <OfficeForm key={settings.version} settings={settings} />}
      </Stated>
    </Section>
  );
}

const optional = [
  "agent_name",
  "agent_title",
  "agent_phone",
  "website",
  "from_name",
  "reply_to",
  "signature",
  "postal_address",
] as const;

type Values = { [K in keyof Settings]: NonNullable<Settings[K]> };

const valuesOf = (settings: Settings): Values => {
  const values = { ...settings };
  for (const name of optional) values[name] = settings[name] ?? "";
  return values as Values;
};

/** What differs from what is kept; an emptied field is null. */
function changes(values: Values, kept: Settings): SettingsPatch {
  const patch: Record<string, unknown> = {};
  const { version: _version, ...fields } = values;
  for (const [name, value] of Object.entries(fields)) {
    const next = typeof value === "string" && value.trim() === "" ? null : value;
    if (next !== kept[name as keyof Settings]) patch[name] = next;
  }
  return patch as SettingsPatch;
}

function OfficeForm({ settings }: { settings: Settings }) {
  const may = useMay("update_settings");
  const form = useForm({ initialValues: valuesOf(settings), validate: validators("SettingsPatch") });
  const save = useSaveSettings();
  const field = (name: keyof Values) => ({ label: label("office", name), ...form.getInputProps(name) });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        save.mutate(changes(values, settings), {
          onError: (error) => {
            const fields = fieldErrors(error);
            if (Object.keys(fields).length) form.setErrors(fields);
            else toastError(t("office.not_saved"), error);
          },
        }),
      )}
    >
      <fieldset className={classes.form} disabled={!may}>
        <Group title={t("office.who")}>
          <TextInput withAsterisk {...field("name")} />
          <TextInput placeholder={t("office.agent_name_hint")} {...field("agent_name")} />
          <TextInput {...field("agent_title")} />
          <TextInput type="tel" {...field("agent_phone")} />
          <TextInput type="url" placeholder={t("placeholder.website")} {...field("website")} />
          <TextInput description={t("office.postal_address_hint")} {...field("postal_address")} />
        </Group>
        <Group title={t("office.letters")}>
          <TextInput {...field("from_name")} />
          <TextInput type="email" description={t("office.reply_to_hint")} {...field("reply_to")} />
          <Textarea minRows={3} autosize description={t("office.signature_hint")} {...field("signature")} />
          <NativeSelect
            description={t("office.language_hint")}
            data={enums.Settings.language.map((value) => ({ value, label: label("language", value) }))}
            {...field("language")}
          />
        </Group>
        <Group title={t("office.times")}>
          <NativeSelect data={Intl.supportedValuesOf("timeZone")} {...field("zone")} />
          <div className={classes.pair}>
            <TextInput type="time" {...field("send_from")} />
            <TextInput type="time" {...field("send_until")} />
          </div>
          <NumberInput min={1} max={50} allowDecimal={false} description={t("office.daily_cap_hint")} {...field("daily_cap")} />
        </Group>
      </fieldset>
      {may ? (
        <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
          {t("action.save")}
        </Button>
      ) : (
        <p className={rows.lead}>{t("office.read_only")}</p>
      )}
    </form>
  );
}

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={classes.group}>
    <h3>{title}</h3>
    <div className={classes.groupFields}>{children}</div>
  </section>
);
