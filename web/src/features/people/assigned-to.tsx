import { useQuery } from "@tanstack/react-query";
import { t } from "@/lib/i18n";
import { InlineEdit } from "@/ui/inline-edit";
import { membersOptions } from "./members-api";

interface Props {
  userId: string | null;
  onSave: (userId: string | null) => void;
}

/** Who of the office looks after the person. */
export function AssignedTo({ userId, onSave }: Props) {
  const members = useQuery(membersOptions).data ?? [];
  const known = members.find(({ id }) => id === userId);
  const left = userId && !known ? [{ value: userId, label: t("people.member_left") }] : [];
  return (
    <InlineEdit
      label={t("people.assigned_to")}
      none={t("people.nobody")}
      value={userId ?? ""}
      display={known?.name ?? (members.length ? t("people.member_left") : "…")}
      options={[{ value: "", label: t("people.nobody") }, ...members.map(({ id, name }) => ({ value: id, label: name })), ...left]}
      onSave={(value) => onSave(value || null)}
    />
  );
}
