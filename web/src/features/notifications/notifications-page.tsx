import { Button, NativeSelect, SegmentedControl, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { NotificationPreference, NotificationPreferences, NotificationPreferencesPatch } from "@/api/types.gen";
import { localeNames, locales, t } from "@/lib/i18n";
import { useMay } from "@/lib/permissions";
import { useSession } from "@/lib/session";
import { Glyph } from "@/ui/icons";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { newsPreferencesOptions, useChoose, useSummaryExample } from "./preferences-api";
import classes from "./notifications.module.css";

const ways = ["off", "in_app", "email"] as const;
const digests = ["off", "daily", "weekly"] as const;

/** What somebody hears of, and how. */
export function NotificationsPage() {
  const query = useQuery(newsPreferencesOptions());
  return (
    <Section title={t("settings.notifications")}>
      <p className={classes.lead}>{t("notifications.lead")}</p>
      <Stated query={query} failed={t("notifications.load_failed")}>
        {(preferences) => <Choices preferences={preferences} />}
      </Stated>
    </Section>
  );
}

function Choices({ preferences }: { preferences: NotificationPreferences }) {
  const choose = useChoose();
  return (
    <>
      <ul className={classes.kinds}>
        {preferences.kinds.map((preference) => (
          <Kind
            key={preference.kind}
            preference={preference}
            onChoose={(way) => choose.mutate({ kinds: [{ kind: preference.kind, way }] })}
          />
        ))}
      </ul>
      <div className={classes.fields}>
        <div className={classes.field}>
          <span id="digest">{t("notifications.digest")}</span>
          <SegmentedControl
            aria-labelledby="digest"
            value={preferences.digest}
            onChange={(digest) => choose.mutate({ digest: digest as NotificationPreferences["digest"] })}
            data={digests.map((value) => ({ value, label: t(`notifications.digest.${value}`) }))}
          />
        </div>
        <Summaries preferences={preferences} onChoose={(patch) => choose.mutate(patch)} />
        <NativeSelect
          label={t("notifications.language")}
          value={preferences.language}
          onChange={(event) => choose.mutate({ language: event.currentTarget.value as NotificationPreferences["language"] })}
          data={locales.map((value) => ({ value, label: localeNames[value] }))}
        />
      </div>
    </>
  );
}

interface SummariesProps {
  preferences: NotificationPreferences;
  onChoose: (patch: NotificationPreferencesPatch) => void;
}

/** The letters that sum up a week and a month. */
function Summaries({ preferences, onChoose }: SummariesProps) {
  const to = useSession()?.user.email;
  const mayTry = useMay("send_test_email");
  const example = useSummaryExample();
  return (
    <fieldset className={classes.summaries}>
      <legend>{t("notifications.summaries")}</legend>
      <Switch
        label={t("notifications.weekly")}
        description={t("notifications.weekly_hint")}
        checked={preferences.weekly_summary}
        onChange={(event) => onChoose({ weekly_summary: event.currentTarget.checked })}
      />
      <Switch
        label={t("notifications.monthly")}
        description={t("notifications.monthly_hint")}
        checked={preferences.monthly_summary}
        onChange={(event) => onChoose({ monthly_summary: event.currentTarget.checked })}
      />
      {mayTry && to && (
        <Button variant="default" size="compact-sm" leftSection={<Glyph name="send" size={14} />} loading={example.isPending} onClick={() => example.mutate({ to, language: preferences.language })}>
          {t("notifications.example")}
        </Button>
      )}
    </fieldset>
  );
}

const Kind = ({ preference, onChoose }: { preference: NotificationPreference; onChoose: (way: NotificationPreference["way"]) => void }) => (
  <li className={classes.kind}>
    <span>{preference.title}</span>
    <SegmentedControl
      aria-label={preference.title}
      value={preference.way}
      onChange={(way) => onChoose(way as NotificationPreference["way"])}
      data={ways.map((value) => ({ value, label: t(`notifications.way.${value}`) }))}
    />
  </li>
);
