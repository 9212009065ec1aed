import { ActionIcon, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CustomField } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { useMay } from "@/lib/permissions";
import { Glyph } from "@/ui/icons";
import { InlineEdit } from "@/ui/inline-edit";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { NewFieldDrawer } from "./new-field";
import { fieldsOptions, useFieldActs } from "./shape-api";

/** The fields that the office adds to its people. */
export function FieldsPage() {
  const query = useQuery(fieldsOptions);
  const acts = useFieldActs();
  const may = useMay("add_custom_field");
  const drawer = useDrawer("new");
  const add = may && (
    <Button leftSection={<Glyph name="add" />} onClick={() => drawer.open()}>
      {t("fields.add")}
    </Button>
  );
  return (
    <Section title={t("settings.fields")} actions={add}>
      <p className={rows.lead}>{t("fields.lead")}</p>
      <Stated query={query} failed={t("fields.load_failed")}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="settings" title={t("fields.empty_title")}>
              {t("fields.empty")}
            </Empty>
          ) : (
            <ul className={rows.list} aria-label={t("settings.fields")}>
              {items.map((field) => (
                <Item key={field.id} field={field} may={may} acts={acts} />
              ))}
            </ul>
          )
        }
      </Stated>
      <NewFieldDrawer opened={drawer.opened} onClose={drawer.close} />
    </Section>
  );
}

interface ItemProps {
  field: CustomField;
  may: boolean;
  acts: ReturnType<typeof useFieldActs>;
}

const Item = ({ field, may, acts }: ItemProps) => (
  <li className={rows.item}>
    <div className={rows.what}>
      {may ? (
        <InlineEdit
          label={t("fields.label")}
          hideLabel
          value={field.label}
          validate={(value) => (value ? null : t("form.required"))}
          onSave={(value) => acts.change(field, { label: value })}
        />
      ) : (
        <p className={rows.name}>{field.label}</p>
      )}
      <p className={rows.second}>
        <span>{label("field_type", field.type)}</span>
        {field.type === "choice" && <span>{field.choices.join(" · ")}</span>}
        <span>{t("fields.key", { key: field.key })}</span>
      </p>
    </div>
    {may && (
      <ActionIcon aria-label={t("fields.delete", { label: field.label })} onClick={() => acts.remove(field)}>
        <Glyph name="delete" />
      </ActionIcon>
    )}
  </li>
);
