import { Loader, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import classes from "./person-picker.module.css";

interface Props {
  label: string;
  value?: string;
  onChange?: (id: string) => void;
  error?: ReactNode;
  /** Nobody needs to be chosen: what is chosen can be taken out again. */
  optional?: boolean;
  /** The person is settled and only shown. */
  fixed?: { id: string; name: string };
}

/** Chooses one of the people by name, e-mail or phone. */
export function PersonPicker({ label, value, onChange, error, optional, fixed }: Props) {
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim(), 150);
  const people = useQuery({
    queryKey: keys.clientSearch(query),
    queryFn: ({ signal }) => call("list_clients", { query: { q: query, limit: 8 } }, { signal }),
    enabled: !fixed,
    placeholderData: keepPreviousData,
  });
  if (fixed) return <TextInput label={label} value={fixed.name} readOnly />;
  const options = (people.data?.items ?? []).map((client) => ({ value: client.id, label: client.name, email: client.email }));
  return (
    <Select
      label={label}
      withAsterisk={!optional}
      clearable={optional}
      clearButtonProps={{ "aria-label": t("picker.clear") }}
      searchable
      openOnFocus={false}
      withScrollArea={false}
      classNames={{ dropdown: classes.dropdown }}
      data-autofocus={!optional || undefined}
      placeholder={t("picker.placeholder")}
      data={options}
      filter={({ options: all }) => all}
      value={value || null}
      onChange={(id) => onChange?.(id ?? "")}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={t("picker.none")}
      rightSection={people.isFetching ? <Loader size={14} /> : undefined}
      error={error}
      comboboxProps={{ shadow: "md" }}
    />
  );
}
