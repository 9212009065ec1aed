import { Button, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { enums, type NewTemplate, type Template } from "@/api/types.gen";
import { fieldErrors, validators } from "@/lib/form";
import { isApiError } from "@/lib/http";
import { currentLocale, t } from "@/lib/i18n";
import { filledOptions } from "@/lib/letters";
import { label } from "@/lib/model";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { Stated } from "@/ui/states";
import { toast, toastError } from "@/ui/toast";
import { templateOptions, useSaveTemplate, variablesOptions } from "./api";
import classes from "./templates.module.css";

interface Props {
  /** "new", the letter's id, or null while it is closed. */
  id: string | null;
  onClose: () => void;
}

/** Writes or changes a letter of the library, and shows how it will read. */
export function TemplateDrawer({ id, onClose }: Props) {
  return (
    <SideDrawer opened={id !== null} onClose={onClose} size={620} title={t(id === "new" ? "library.add" : "library.edit")}>
      {id === "new" ? <TemplateForm template={null} onClose={onClose} /> : id && <Kept id={id} onClose={onClose} />}
    </SideDrawer>
  );
}

function Kept({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(templateOptions(id));
  return (
    <Stated query={query} failed={t("library.load_failed")}>
      {(template) => <TemplateForm template={template} onClose={onClose} />}
    </Stated>
  );
}

const blank: NewTemplate = { name: "", language: null, subject: "", body: "" };

function TemplateForm({ template, onClose }: { template: Template | null; onClose: () => void }) {
  const initialValues = template
    ? { name: template.name, language: template.language, subject: template.subject, body: template.body }
    : { ...blank, language: currentLocale() };
  const form = useForm<NewTemplate>({ initialValues, validate: validators("NewTemplate") });
  const text = useRef<HTMLTextAreaElement>(null);
  const save = useSaveTemplate(template?.id ?? null, (saved) => {
    onClose();
    toast({ message: t("library.saved", { name: saved.name }) });
  });
  const insert = (name: string) => {
    const area = text.current;
    const at = area?.selectionStart ?? form.values.body.length;
    const word = `{{${name}}}`;
    form.setFieldValue("body", form.values.body.slice(0, at) + word + form.values.body.slice(area?.selectionEnd ?? at));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(at + word.length, at + word.length);
    });
  };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, {
          onError: (error) => {
            const fields = fieldErrors(error);
            if (Object.keys(fields).length) form.setErrors(fields);
            else toastError(t("library.not_saved"), error);
          },
        }),
      )}
    >
      <Stack gap="md" pb="xl">
        <div className={classes.pair}>
          <TextInput label={t("library.name")} withAsterisk data-autofocus autoComplete="off" {...form.getInputProps("name")} />
          <NativeSelect
            label={t("look.language")}
            data={enums.Template.language.map((value) => ({ value, label: label("language", value) }))}
            {...form.getInputProps("language")}
          />
        </div>
        <TextInput label={t("emails.subject")} withAsterisk autoComplete="off" {...form.getInputProps("subject")} />
        <Textarea ref={text} label={t("emails.text")} withAsterisk autosize minRows={8} maxRows={20} {...form.getInputProps("body")} />
        <VariableList onInsert={insert} />
        <FilledPreview subject={form.values.subject} body={form.values.body} />
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t("action.save")}
        </Button>
      </DrawerFoot>
    </form>
  );
}

function VariableList({ onInsert }: { onInsert: (name: string) => void }) {
  const query = useQuery(variablesOptions);
  return (
    <div className={classes.variables} role="group" aria-label={t("library.variables")}>
      <p className={classes.hint}>{t("library.variables_hint")}</p>
      {query.data?.items.map(({ name, meaning }) => (
        <button type="button" key={name} className={classes.variable} title={meaning} onClick={() => onInsert(name)}>
          {label("variable", name)}
        </button>
      ))}
    </div>
  );
}

function FilledPreview({ subject, body }: { subject: string; body: string }) {
  const [text] = useDebouncedValue({ subject, body, client_id: null }, 400);
  const query = useQuery({ ...filledOptions(text), placeholderData: (previous) => previous });
  const wrong = isApiError(query.error, 422) ? Object.values(fieldErrors(query.error)) : [];
  return (
    <section className={classes.preview} aria-label={t("library.preview")} aria-live="polite">
      <h3>{t("library.preview")}</h3>
      {wrong.length > 0 ? (
        <p className={classes.wrong}>{wrong.join(" ")}</p>
      ) : query.data ? (
        <>
          <p className={classes.filledSubject}>{query.data.subject}</p>
          <p className={classes.filled}>{query.data.body}</p>
        </>
      ) : (
        <p className={classes.hint}>{t("library.preview_hint")}</p>
      )}
    </section>
  );
}
