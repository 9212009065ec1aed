import { ActionIcon, FileButton, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import type { Client, Document as Paper } from "@/api/types.gen";
import { formatBytes } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { documentsOptions, fileAddress, useAddDocuments, useRemoveDocument } from "./documents-api";
import classes from "./documents.module.css";

/** A person's papers: added by the button or by dropping them here. */
export function PersonDocuments({ client }: { client: Client }) {
  const query = useQuery(documentsOptions(client.id));
  const { add, adding } = useAddDocuments(client.id);
  const remove = useRemoveDocument(client.id);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void add([...event.dataTransfer.files]);
  };
  const pick = (
    <FileButton multiple onChange={(files) => void add(files)} inputProps={{ "aria-label": t("documents.add") }}>
      {(props) => (
        <ActionIcon {...props} aria-label={t("documents.add")}>
          <Glyph name="add" />
        </ActionIcon>
      )}
    </FileButton>
  );
  return (
    <div
      className={classes.zone}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Section title={t("documents.title")} count={query.data?.items.length} actions={pick}>
        <Stated query={query} failed={t("documents.load_failed")} small>
          {({ items }) =>
            items.length === 0 && !adding ? (
              <Empty small title={t("documents.none_title")}>
                {t("documents.none")}
              </Empty>
            ) : (
              <ul className={classes.list} aria-label={t("documents.title")}>
                {adding && (
                  <li className={classes.item}>
                    <Loader size={16} />
                    <span className={classes.name}>{t("documents.adding", { name: adding })}</span>
                  </li>
                )}
                {items.map((paper) => (
                  <Item key={paper.id} paper={paper} onRemove={() => remove.mutate(paper)} />
                ))}
              </ul>
            )
          }
        </Stated>
      </Section>
    </div>
  );
}

const Item = ({ paper, onRemove }: { paper: Paper; onRemove: () => void }) => (
  <li className={classes.item}>
    <Glyph name="document" size={18} />
    <span className={classes.main}>
      <a className={classes.name} href={fileAddress(paper)} download={paper.name}>
        {paper.name}
      </a>
      <span className={classes.meta}>
        <span>{formatBytes(paper.size)}</span>
        <span>{paper.added_by}</span>
        <When at={paper.created_at} />
      </span>
    </span>
    <ActionIcon aria-label={t("documents.delete", { name: paper.name })} onClick={onRemove}>
      <Glyph name="delete" size={15} />
    </ActionIcon>
  </li>
);
