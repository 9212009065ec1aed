import { Button, FileButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { Link, useNavigate } from "react-router";
import type { Import } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { importsOptions, useAddImport } from "./imports-api";
import classes from "./imports.module.css";

/** People out of other systems' files: the latest imports, and the way to begin one. */
export function ImportsPage() {
  const query = useQuery(importsOptions);
  const navigate = useNavigate();
  const add = useAddImport((file) => void navigate(paths.import(file.id)));
  const [over, setOver] = useState(false);
  const take = (file: File | null | undefined) => {
    if (file) add.mutate(file);
  };
  const pick = (
    <FileButton accept=".csv,text/csv" onChange={take} inputProps={{ "aria-label": t("imports.choose") }}>
      {(props) => (
        <Button {...props} leftSection={<Glyph name="add" />} loading={add.isPending}>
          {t("imports.choose")}
        </Button>
      )}
    </FileButton>
  );
  return (
    <Page title={t("imports.title")} back={{ to: paths.people, label: t("nav.people") }} actions={pick} narrow>
      <div
        className={classes.zone}
        data-over={over || undefined}
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event: DragEvent) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files[0]);
        }}
      >
        <Stated query={query} failed={t("imports.load_failed")}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon="document" title={t("imports.empty_title")}>
                {t("imports.empty")}
              </Empty>
            ) : (
              <ul className={classes.list} aria-label={t("imports.title")}>
                {items.map((file) => (
                  <Item key={file.id} file={file} />
                ))}
              </ul>
            )
          }
        </Stated>
      </div>
    </Page>
  );
}

const Item = ({ file }: { file: Import }) => (
  <li className={classes.item}>
    <Link to={paths.import(file.id)}>{file.file_name}</Link>
    <span>{label("import_source", file.source)}</span>
    <span>{label("import_state", file.state)}</span>
    <span>{t("imports.rows", { count: file.total })}</span>
    <When at={file.created_at} />
  </li>
);
