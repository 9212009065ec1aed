import { useQuery } from "@tanstack/react-query";
import { validators } from "@/lib/form";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { sessionOptions, useConfig } from "@/lib/session";
import { InlineEdit } from "@/ui/inline-edit";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { useRename } from "./profile-api";
import classes from "./settings.module.css";

/** Who one is here. */
export function ProfilePage() {
  const query = useQuery(sessionOptions);
  const config = useConfig();
  const rename = useRename();
  return (
    <Section title={t("settings.profile")}>
        <Stated query={query}>
          {({ user, account, role }) => (
            <dl className={classes.facts}>
              <dt>{t("people.name")}</dt>
              <dd>
                <InlineEdit
                  label={t("people.name")}
                  hideLabel
                  value={user.name}
                  validate={validators("MePatch").name}
                  onSave={(name) => rename.mutate(name)}
                />
              </dd>
              <dt>{t("people.email")}</dt>
              <dd>{user.email}</dd>
              <dt>{t("profile.account")}</dt>
              <dd>{t("profile.account_kind", { name: account.name, kind: label("account_kind", account.kind) })}</dd>
              <dt>{t("profile.role")}</dt>
              <dd>{label("role", role)}</dd>
              <dt>{t("profile.zone")}</dt>
              <dd>{account.zone}</dd>
              {config && (
                <>
                  <dt>{t("profile.version")}</dt>
                  <dd>{config.version}</dd>
                </>
              )}
            </dl>
          )}
        </Stated>
    </Section>
  );
}
