import { ActionIcon } from "@mantine/core";
import type { Client, ClientPatch } from "@/api/types.gen";
import { formatDate, formatPhone, formatTime } from "@/lib/format";
import { useNow } from "@/lib/clock";
import { validators } from "@/lib/form";
import { rich, t } from "@/lib/i18n";
import { label, type PropertyType, propertyTypes } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import { InlineEdit } from "@/ui/inline-edit";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { AssignedTo } from "./assigned-to";
import { ContactPoints } from "./contact-points";
import { CustomFields } from "./custom-fields";
import classes from "./person.module.css";
import { TagEdit } from "./tag-edit";
import { zones } from "./zones";

interface Props {
  client: Client;
  onChange: (patch: ClientPatch) => void;
}

/** Who the person is: each fact edited where it stands. */
export function PersonFacts({ client, onChange }: Props) {
  const now = useNow();
  const rules = validators("ClientPatch");
  const required = (field: string) => (value: string) => (value ? (rules[field]?.(value) ?? null) : t("form.required"));
  const reachable = (field: "email" | "phone", other: string | null) => (value: string) =>
    value || other ? (rules[field]?.(value) ?? null) : t("people.email_or_phone");
  const mapUrl = `https://www.openstreetmap.org/search?query=${encodeURIComponent(client.property_address)}`;
  return (
    <Section title={t("people.part.facts")}>
      <div className={classes.list}>
        <InlineEdit label={t("people.name")} value={client.name} validate={required("name")} onSave={(name) => onChange({ name })} />
        <InlineEdit
          label={t("people.email")}
          type="email"
          value={client.email ?? ""}
          validate={reachable("email", client.phone)}
          onSave={(email) => onChange({ email: email || null })}
        />
        <InlineEdit
          label={t("people.phone")}
          type="tel"
          value={client.phone ?? ""}
          display={client.phone && formatPhone(client.phone)}
          validate={reachable("phone", client.email)}
          onSave={(phone) => onChange({ phone: phone || null })}
        />
        <ContactPoints clientId={client.id} />
        <InlineEdit
          label={t("people.address")}
          value={client.property_address}
          validate={required("property_address")}
          onSave={(property_address) => onChange({ property_address })}
          action={
            <ActionIcon component="a" href={mapUrl} target="_blank" rel="noreferrer" size={28} aria-label={t("people.open_map")}>
              <Glyph name="place" size={15} />
            </ActionIcon>
          }
        />
        <InlineEdit
          label={t("people.property_type")}
          value={client.property_type}
          display={label("property_type", client.property_type)}
          options={propertyTypes.map((value) => ({ value, label: label("property_type", value) }))}
          onSave={(value) => onChange({ property_type: value as PropertyType })}
        />
        <InlineEdit
          label={t("people.zone")}
          none={t("people.zone_account")}
          value={client.zone ?? ""}
          display={client.zone && t("people.zone_now", { zone: client.zone, time: formatTime(now, client.zone) })}
          options={[{ value: "", label: t("people.zone_account") }, ...zones().map((zone) => ({ value: zone, label: zone }))]}
          onSave={(zone) => onChange({ zone: zone || null })}
        />
        <AssignedTo userId={client.assigned_to} onSave={(assigned_to) => onChange({ assigned_to })} />
        <TagEdit tags={client.tags} onSave={(tags) => onChange({ tags })} />
        <InlineEdit
          label={t("people.notes")}
          multiline
          value={client.notes ?? ""}
          validate={rules.notes}
          onSave={(notes) => onChange({ notes: notes || null })}
        />
        <CustomFields fields={client.custom_fields} onChange={(custom_fields) => onChange({ custom_fields })} />
        <p className={classes.meta}>
          {t("people.added_on", { date: formatDate(client.created_at) })}
          <br />
          {rich("people.last_contact_at", {
            time: client.last_contacted ? <When at={client.last_contacted} /> : t("people.never_contacted"),
          })}
        </p>
      </div>
    </Section>
  );
}
