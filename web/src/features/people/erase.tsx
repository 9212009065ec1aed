import { Button, Checkbox, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Certificate } from "@/api/types.gen";
import { maxLength } from "@/lib/form";
import { t } from "@/lib/i18n";
import { CertificateFacts } from "@/ui/certificate";
import { useErase } from "./erase-api";

interface Props {
  person: { id: string; name: string };
  opened: boolean;
  onClose: () => void;
  /** The certificate was read; the person is no longer there. */
  onErased: () => void;
}

/** Erasing for good is the one act that can't be undone: it says so, wants a yes, and shows its certificate. */
export function Erase({ person, opened, onClose, onErased }: Props) {
  const [certificate, setCertificate] = useState<Certificate | null>(null);
  const close = certificate ? onErased : onClose;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={certificate ? t("erase.done", { name: person.name }) : t("erase.title", { name: person.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {certificate ? (
        <Stack>
          <p>{t("erase.certified")}</p>
          <CertificateFacts certificate={certificate} />
          <Button onClick={close}>{t("action.done")}</Button>
        </Stack>
      ) : (
        <Ask person={person} onErased={setCertificate} onClose={onClose} />
      )}
    </Modal>
  );
}

function Ask({ person, onErased, onClose }: Pick<Props, "person" | "onClose"> & { onErased: (certificate: Certificate) => void }) {
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  const erase = useErase(onErased);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        erase.mutate({ ...person, reason: reason.trim() });
      }}
    >
      <Stack>
        <p>{t("erase.lead")}</p>
        <Textarea
          label={t("erase.reason")}
          description={t("erase.reason_hint")}
          autosize
          minRows={2}
          maxLength={maxLength("EraseRequest", "reason")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} label={t("erase.sure", { name: person.name })} />
        <Button type="submit" color="red" disabled={!sure} loading={erase.isPending}>
          {t("erase.action")}
        </Button>
        <Button variant="default" onClick={onClose} disabled={erase.isPending}>
          {t("action.cancel")}
        </Button>
      </Stack>
    </form>
  );
}
