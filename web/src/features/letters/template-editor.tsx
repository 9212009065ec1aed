import { Button, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { LetterTemplate, LetterWords } from "@/api/types.gen";
import { fieldErrors, validators } from "@/lib/form";
import { t } from "@/lib/i18n";
import { useSession } from "@/lib/session";
import rows from "@/ui/rows.module.css";
import { DrawerFoot } from "@/ui/side-drawer";
import { Failure } from "@/ui/states";
import { toastError } from "@/ui/toast";
import { previewOptions, useResetTemplate, useSaveTemplate, useSendTest } from "./api";
import { LetterBody } from "./letter-body";
import classes from "./letters.module.css";
import { Variables } from "./variables";

interface Props {
  template: LetterTemplate;
  onClose: () => void;
}

/** The words of one letter, with its preview growing along. */
export function TemplateEditor({ template, onClose }: Props) {
  const form = useForm({
    initialValues: { subject: template.subject, body: template.body },
    validate: validators("LetterWords"),
  });
  const save = useSaveTemplate(template, onClose);
  const reset = useResetTemplate(template, onClose);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, {
          onError: (error) => {
            const fields = fieldErrors(error);
            if (Object.keys(fields).length) form.setErrors(fields);
            else toastError(t("templates.not_saved"), error);
          },
        }),
      )}
    >
      <Stack gap="md" pb="xl">
        <TextInput label={t("templates.subject")} data-autofocus {...form.getInputProps("subject")} />
        <Textarea
          label={t("templates.body")}
          description={t("templates.body_hint")}
          autosize
          minRows={8}
          maxRows={24}
          {...form.getInputProps("body")}
        />
        <Variables variables={template.variables} />
        <Preview template={template} words={form.values} />
      </Stack>
      <DrawerFoot>
        {template.author === "account" && (
          <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>
            {t("templates.reset")}
          </Button>
        )}
        <TestButton template={template} />
        <Button type="submit" loading={save.isPending}>
          {t("templates.save")}
        </Button>
      </DrawerFoot>
    </form>
  );
}

/** What was saved last, not what is being typed: the letter as somebody would get it now. */
function TestButton({ template }: { template: LetterTemplate }) {
  const address = useSession()?.user.email;
  const test = useSendTest(template);
  if (!address) return null;
  return (
    <Button variant="default" loading={test.isPending} onClick={() => test.mutate(address)}>
      {t("templates.test")}
    </Button>
  );
}

function Preview({ template, words }: { template: LetterTemplate; words: LetterWords }) {
  const [settled] = useDebouncedValue(words, 500);
  const query = useQuery({
    ...previewOptions(template.email_type, template.language, settled),
    placeholderData: (previous) => previous,
  });
  return (
    <section aria-label={t("templates.preview")}>
      <p className={classes.term}>{t("templates.preview")}</p>
      {query.error ? (
        <Failure error={query.error} title={t("templates.preview_failed")} small />
      ) : (
        query.data && (
          <>
            <p className={rows.name}>{query.data.subject}</p>
            <LetterBody html={query.data.html} text={query.data.text} />
          </>
        )
      )}
    </section>
  );
}
