import { ActionIcon } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { DownloadMenu } from "@/ui/download-menu";
import { Glyph } from "@/ui/icons";
import { InlineEdit } from "@/ui/inline-edit";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import classes from "./settings.module.css";
import { tagsOptions, useTagActs } from "./shape-api";

const longest = 40;

/** The tags in use: renamed and taken off everywhere at once. */
export function TagsPage() {
  const query = useQuery(tagsOptions);
  const acts = useTagActs();
  return (
    <Section title={t("settings.tags")} count={query.data?.items.length} actions={<DownloadMenu list="/api/tags" />}>
      <p className={rows.lead}>{t("tags.lead")}</p>
      <Stated query={query} failed={t("tags.load_failed")}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="tag" title={t("tags.empty_title")}>
              {t("tags.empty")}
            </Empty>
          ) : (
            <ul className={rows.list} aria-label={t("settings.tags")}>
              {items.map((item) => (
                <li key={item.tag} className={rows.item}>
                  <InlineEdit
                    label={t("tags.name")}
                    hideLabel
                    value={item.tag}
                    validate={(tag) => (tag && tag.length <= longest ? null : t("form.too_long", { max: longest }))}
                    onSave={(to) => acts.rename(item.tag, to)}
                  />
                  <span className={classes.end}>
                    <Link to={`${paths.people}?tag=${encodeURIComponent(item.tag)}`} className={rows.second}>
                      {t("people.total", { count: item.count })}
                    </Link>
                    <ActionIcon aria-label={t("tags.delete", { tag: item.tag })} onClick={() => acts.remove(item)}>
                      <Glyph name="delete" />
                    </ActionIcon>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Stated>
    </Section>
  );
}
