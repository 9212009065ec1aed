import { ActionIcon, Button, FileButton, Group } from "@mantine/core";
import { useState } from "react";
import type { BrandAsset } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import { toastError } from "@/ui/toast";
import { removeAsset, uploadAsset } from "./api";
import classes from "./onboarding.module.css";

const kinds = ["logo", "style_guide", "photo"] as const;

/** Logos, style guides, photographs: sent as they are chosen. */
export function BrandFiles({ assets, token }: { assets: BrandAsset[]; token?: string }) {
  const [items, setItems] = useState(assets);
  const [busy, setBusy] = useState<string | null>(null);
  const upload = async (kind: string, file: File | null) => {
    if (!file) return;
    setBusy(kind);
    try {
      const made = await uploadAsset(token, kind, file);
      setItems((before) => [...before, made]);
    } catch (error) {
      toastError(t("wizard.file_refused", { name: file.name }), error);
    } finally {
      setBusy(null);
    }
  };
  const remove = async (asset: BrandAsset) => {
    try {
      await removeAsset(asset);
      setItems((before) => before.filter(({ id }) => id !== asset.id));
    } catch (error) {
      toastError(t("wizard.file_not_removed", { name: asset.name }), error);
    }
  };
  return (
    <fieldset className={classes.files}>
      <legend>{t("wizard.files")}</legend>
      <p className={classes.hint}>{t("wizard.files_hint")}</p>
      {items.length > 0 && (
        <ul>
          {items.map((asset) => (
            <li key={asset.id}>
              <a href={asset.url} download>{asset.name}</a>
              <span className={classes.hint}>{label("wizard.file", asset.kind)}</span>
              <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("wizard.file_remove", { name: asset.name })} onClick={() => void remove(asset)}>
                <Glyph name="close" />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Group gap="xs">
        {kinds.map((kind) => (
          <FileButton key={kind} accept="image/png,image/jpeg,image/webp,image/gif,application/pdf" onChange={(file) => void upload(kind, file)}>
            {(props) => (
              <Button {...props} variant="default" loading={busy === kind} leftSection={<Glyph name="add" />}>
                {t(`wizard.file.${kind}`)}
              </Button>
            )}
          </FileButton>
        ))}
      </Group>
    </fieldset>
  );
}
