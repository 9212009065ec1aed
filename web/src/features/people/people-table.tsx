import { UnstyledButton } from "@mantine/core";
import { Link } from "react-router";
import type { Client } from "@/api/types.gen";
import { validators } from "@/lib/form";
import { reachedBy } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Avatar } from "@/ui/avatar";
import { type Column, DataTable, type Selection } from "@/ui/data-table";
import { StagePicker } from "@/ui/stage";
import { Tag } from "@/ui/status";
import { When } from "@/ui/when";
import { useChangeClient, useMoveClients } from "./api";
import { CellEdit, CellText } from "./cell-edit";
import classes from "./people.module.css";
import { TagEditor } from "./tag-edit";

interface Props {
  people: Client[];
  sort: string;
  onSort: (sort: string) => void;
  selected: Selection;
  onSelect: (selected: Selection) => void;
  onTag: (tag: string) => void;
}

const shownTags = 2;
const rules = validators("ClientPatch");

export function PeopleTable({ people, onTag, ...table }: Props) {
  const move = useMoveClients();
  const change = useChangeClient();
  const columns: Column<Client>[] = [
    {
      id: "name",
      header: t("people.name"),
      track: "minmax(11rem, 1.5fr)",
      sort: ["name", "-name"],
      cell: (client) => <Name client={client} />,
    },
    {
      id: "stage",
      header: t("people.stage"),
      track: "10rem",
      cell: (client) => (
        <StagePicker stage={client.stage} name={client.name} onChange={(stage) => move.mutate({ clients: [client], stage })} />
      ),
    },
    {
      id: "property",
      header: t("people.property"),
      track: "minmax(8rem, 1.3fr)",
      cell: (client) => (
        <CellEdit
          label={t("people.address_of", { name: client.name })}
          editor={(close) => (
            <CellText
              label={t("people.address_of", { name: client.name })}
              value={client.property_address}
              validate={(text) => (text ? (rules.property_address?.(text) ?? null) : t("form.required"))}
              onSave={(property_address) => change.mutate({ seen: client, patch: { property_address } })}
              onClose={close}
            />
          )}
        >
          <span className={classes.property}>
            <span className={classes.cut}>{client.property_address}</span>
            <span className={classes.second}>{label("property_type", client.property_type)}</span>
          </span>
        </CellEdit>
      ),
    },
    {
      id: "tags",
      header: t("people.tags"),
      track: "minmax(0, 0.8fr)",
      cell: (client) => (
        <CellEdit
          label={t("people.tags_of", { name: client.name })}
          editor={(close) => (
            <TagEditor tags={client.tags} onSave={(tags) => change.mutate({ seen: client, patch: { tags } })} onClose={close} />
          )}
        >
          <Tags tags={client.tags} onTag={onTag} />
        </CellEdit>
      ),
    },
    {
      id: "contacted",
      header: t("people.last_contacted"),
      track: "7rem",
      sort: ["-last_contacted", "last_contacted"],
      cell: (client) => (
        <span className={classes.second}>
          {client.last_contacted ? <When at={client.last_contacted} /> : t("people.never_contacted")}
        </span>
      ),
    },
    {
      id: "created",
      header: t("people.added"),
      track: "6.5rem",
      sort: ["-created_at", "created_at"],
      cell: (client) => (
        <span className={classes.second}>
          <When at={client.created_at} />
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={t("nav.people")}
      columns={columns}
      rows={people}
      idOf={(client) => client.id}
      nameOf={(client) => client.name}
      rowClassName={classes.row}
      {...table}
    />
  );
}

const Name = ({ client }: { client: Client }) => (
  <span className={classes.who}>
    <Avatar name={client.name} size={34} />
    <span className={classes.names}>
      <Link to={paths.person(client.id)} className={classes.name} data-row-link>
        {client.name}
      </Link>
      <span className={classes.second}>
        {client.email_unsubscribed ? t("people.unsubscribed_short", { email: reachedBy(client) }) : reachedBy(client)}
      </span>
    </span>
  </span>
);

function Tags({ tags, onTag }: { tags: string[]; onTag: (tag: string) => void }) {
  return (
    <span className={classes.tags} data-none={tags.length === 0 || undefined}>
      {tags.slice(0, shownTags).map((tag) => (
        <UnstyledButton key={tag} onClick={() => onTag(tag)} aria-label={t("people.filter_by_tag", { tag })}>
          <Tag>{tag}</Tag>
        </UnstyledButton>
      ))}
      {tags.length > shownTags && <Tag>{t("list.and_more", { count: tags.length - shownTags })}</Tag>}
    </span>
  );
}
