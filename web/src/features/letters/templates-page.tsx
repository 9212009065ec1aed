import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { LetterTemplate } from "@/api/types.gen";
import { currentLocale, localeNames, locales, t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { oneOf, useUrlState } from "@/lib/url-state";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { SideDrawer, useDrawer } from "@/ui/side-drawer";
import { Stated } from "@/ui/states";
import { Tag } from "@/ui/status";
import { templatesOptions } from "./api";
import classes from "./letters.module.css";
import { TemplateEditor } from "./template-editor";

/** The words of every letter, in each language. */
export function TemplatesPage() {
  const [url, setUrl] = useUrlState(["language"]);
  const language = oneOf(locales, url.language) ?? currentLocale();
  const query = useQuery(templatesOptions(language));
  const drawer = useDrawer("template");
  const opened = query.data?.items.find((item) => item.email_type === drawer.value);
  const languages = (
    <SegmentedControl
      aria-label={t("templates.language")}
      value={language}
      onChange={(value) => setUrl({ language: value })}
      data={locales.map((value) => ({ value, label: localeNames[value] }))}
    />
  );
  return (
    <Section title={t("settings.letter_templates")} actions={languages}>
      <p className={rows.lead}>{t("templates.lead")}</p>
      <Stated query={query} failed={t("templates.load_failed")}>
        {({ items }) => (
          <ul className={rows.list}>
            {items.map((template) => (
              <Item key={template.email_type} template={template} onEdit={() => drawer.open(template.email_type)} />
            ))}
          </ul>
        )}
      </Stated>
      <SideDrawer
        opened={opened !== undefined}
        onClose={drawer.close}
        title={label("letter_type", drawer.value ?? "")}
        size={720}
      >
        {opened && <TemplateEditor key={`${opened.email_type} ${language}`} template={opened} onClose={drawer.close} />}
      </SideDrawer>
    </Section>
  );
}

const Item = ({ template, onEdit }: { template: LetterTemplate; onEdit: () => void }) => {
  const name = label("letter_type", template.email_type);
  return (
    <li className={`${rows.item} ${classes.row}`}>
      <div className={rows.what}>
        <p className={rows.name}>{name}</p>
        <p className={rows.second}>
          <span>{template.subject}</span>
          {template.author !== "product" && <Tag tone="info">{t(`templates.author.${template.author}`)}</Tag>}
        </p>
      </div>
      <Button variant="default" aria-label={t("templates.edit_this", { name })} onClick={onEdit}>
        {t("templates.edit")}
      </Button>
    </li>
  );
};
