import { Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { PersonPicker } from "@/ui/person-picker";
import { toastError } from "@/ui/toast";
import { clientOptions } from "./api";
import { MergeDialog } from "./merge-dialog";

interface Props {
  client: Client;
  opened: boolean;
  onClose: () => void;
}

/** Finds the other record of a person, and puts the two side by side. */
export function MergeWith({ client, opened, onClose }: Props) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [other, setOther] = useState<Client | null>(null);
  const close = () => {
    setOther(null);
    onClose();
  };
  const pick = async (id: string) => {
    if (!id || id === client.id) return;
    try {
      setOther(await cache.fetchQuery(clientOptions(id)));
    } catch (error) {
      toastError(t("people.one_failed"), error);
    }
  };
  return (
    <>
      <Modal
        opened={opened && !other}
        onClose={close}
        title={t("merge.with")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <PersonPicker label={t("merge.with_whom")} onChange={(id) => void pick(id)} />
      </Modal>
      <MergeDialog
        pair={opened && other ? [client, other] : null}
        onClose={close}
        onDone={(merge) => void navigate(paths.person(merge.client.id), { replace: true })}
      />
    </>
  );
}
