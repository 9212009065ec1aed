import { queryOptions } from "@tanstack/react-query";
import type { EmailLog, LetterTemplate, LetterWords } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { listOptions } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export type LetterType = LetterTemplate["email_type"];
export type LetterLanguage = LetterTemplate["language"];
export type LetterStatus = EmailLog["status"];

export interface LetterFilter {
  status?: LetterStatus;
  email_type?: LetterType;
  search?: string;
}

export const letterListOptions = (filter: LetterFilter) =>
  listOptions<EmailLog>(keys.letterList(filter), (cursor, signal) =>
    call("list_email_logs", { query: { ...filter, limit: 50, cursor } }, { signal }),
  );

export const statsOptions = (days: number) =>
  queryOptions({
    queryKey: keys.letterStats(days),
    queryFn: ({ signal }) => call("get_email_stats", { query: { days } }, { signal }),
  });

export const letterOptions = (id: string) =>
  queryOptions({
    queryKey: keys.letter(id),
    queryFn: ({ signal }) => call("get_email_log", { path: { id } }, { signal }),
  });

export const templatesOptions = (language: LetterLanguage) =>
  queryOptions({
    queryKey: keys.letterTemplateList(language),
    queryFn: ({ signal }) => call("list_email_templates", { query: { language } }, { signal }),
  });

export const previewOptions = (type: LetterType, language: LetterLanguage, words: LetterWords) =>
  queryOptions({
    queryKey: keys.letterTemplatePreview({ type, language, words }),
    queryFn: ({ signal }) =>
      call("preview_email_template", { path: { email_type: type }, query: { language }, body: words }, { signal }),
    retry: false,
  });

export const useSaveTemplate = ({ email_type, language }: LetterTemplate, done: () => void) =>
  useAct({
    run: (body: LetterWords) => call("write_email_template", { path: { email_type }, query: { language }, body }),
    touches: [keys.letterTemplates],
    renews: [keys.audit],
    done: () => {
      toast({ message: t("templates.saved") });
      done();
    },
  });

export const useResetTemplate = ({ email_type, language }: LetterTemplate, done: () => void) =>
  useAct({
    run: () => call("reset_email_template", { path: { email_type }, query: { language } }),
    touches: [keys.letterTemplates],
    renews: [keys.audit],
    failed: () => t("templates.not_reset"),
    done: () => {
      toast({ message: t("templates.was_reset") });
      done();
    },
  });

export const useSendTest = ({ email_type, language }: LetterTemplate) =>
  useAct({
    run: (to: string) => call("send_test_email", { body: { to, email_type, language } }),
    touches: [keys.letters],
    renews: [keys.audit],
    failed: () => t("templates.not_tested"),
    done: (_, to) => toast({ message: t("templates.tested", { address: to }) }),
  });
