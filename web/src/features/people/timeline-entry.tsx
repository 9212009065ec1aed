import { Link } from "react-router";
import type { TimelineItem } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { happening } from "@/ui/happening";
import type { TimelineEntry } from "@/ui/timeline";

/** Who did it: a colleague by name, the system and the providers by what they are. */
function actorOf({ kind, name }: TimelineItem["actor"]): string {
  if (kind === "user" && name) return name;
  if (kind === "api_key") return t("actor.api_key", { name: name || "…" });
  return label("actor", kind);
}

/** An event of a person's timeline as it is drawn. */
export function describe(item: TimelineItem): TimelineEntry {
  const { icon, tone, title, detail } = happening(item.kind, item.data);
  const words = item.email_id ? <Link to={paths.email(item.email_id)}>{title}</Link> : title;
  return { id: item.id, icon, tone, at: item.at, title: words, detail, by: actorOf(item.actor) };
}
