import { enums, type HubClient, type HubClientPatch } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { useMay } from "@/lib/permissions";
import { InlineEdit } from "@/ui/inline-edit";
import { useUpdateBusiness } from "./api";
import classes from "./hub.module.css";

type Field = Extract<keyof HubClientPatch, keyof HubClient>;

const texts: readonly [Field, "text" | "tel" | "email", boolean?][] = [
  ["name", "text"],
  ["email", "email"],
  ["phone", "tel"],
  ["business_name", "text"],
  ["business_description", "text", true],
  ["website_url", "text"],
  ["primary_brand_colors", "text"],
  ["brand_notes", "text", true],
  ["client_type", "text"],
  ["client_subtype", "text"],
  ["monthly_revenue_goal", "text"],
  ["call_tracking_main_number", "tel"],
  ["front_desk_emails", "text", true],
  ["form_email_recipients", "text", true],
  ["google_ads_account_id", "text"],
];

const choices = [
  ["client_package", null],
  ["website_access_status", "website"],
  ["ga4_access_status", "ga4"],
  ["google_ads_access_status", "google_ads"],
  ["meta_access_status", "meta"],
  ["website_forms_details_status", "forms"],
] as const;

const never = new Set<Field>(["name", "email"]);

/** What is known of the business, edited where it stands. */
export function BusinessFacts({ business }: { business: HubClient }) {
  const mayChange = useMay("update_business");
  const update = useUpdateBusiness();
  const save = (field: Field) => (value: string) =>
    update.mutate({ business, patch: { [field]: value || (never.has(field) ? value : null) } as HubClientPatch });
  if (!mayChange) return <PlainFacts business={business} />;
  return (
    <div className={classes.facts}>
      {texts.map(([field, type, multiline]) => (
        <InlineEdit
          key={field}
          label={t(`hub.field.${field}` as "hub.field.name")}
          value={String(business[field] ?? "")}
          type={type}
          multiline={multiline}
          onSave={save(field)}
        />
      ))}
      {choices.map(([field, step]) => {
        const words = (value: string) => (step ? label(`access.${step}`, value) : value);
        const value = String(business[field] ?? "");
        return (
          <InlineEdit
            key={field}
            label={t(`hub.field.${field}`)}
            value={value}
            display={value && words(value)}
            options={[{ value: "", label: t("hub.unknown") }, ...enums.HubClient[field].map((item) => ({ value: item, label: words(item) }))]}
            onSave={save(field)}
          />
        );
      })}
    </div>
  );
}

const PlainFacts = ({ business }: { business: HubClient }) => (
  <dl className={classes.times}>
    {texts.map(
      ([field]) =>
        business[field] && (
          <div key={field}>
            <dt>{t(`hub.field.${field}` as "hub.field.name")}</dt>
            <dd>{String(business[field])}</dd>
          </div>
        ),
    )}
  </dl>
);
