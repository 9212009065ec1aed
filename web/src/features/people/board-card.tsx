import { draggable } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { ActionIcon, Menu } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { type Stage, stageLabel, stages } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { StageMark } from "@/ui/stage";
import { Tag } from "@/ui/status";
import { When } from "@/ui/when";
import { type Step, steps } from "./board-place";
import classes from "./board.module.css";
import type { Place } from "./moving";

interface Props {
  client: Client;
  /** Where it stands among those of its column. */
  index: number;
  /** Whether a card that is dragged would be put before this one. */
  marked: boolean;
  /** The place that each step would take it to, where people are ordered by hand. */
  placeAfter?: (step: Step) => Place | null;
  onMove: (client: Client, stage: Stage, place?: Place) => void;
  /** Whether the card has just been taken to this place by key: then the focus comes along. */
  arrives: (id: string, at: string) => boolean;
}

const shownTags = 2;

export function BoardCard({ client, index, marked, placeAfter, onMove, arrives }: Props) {
  const card = useRef<HTMLLIElement>(null);
  const link = useRef<HTMLAnchorElement>(null);
  const at = `${client.stage} ${index}`;
  const [dragging, setDragging] = useState(false);
  const latest = useRef(client);
  useEffect(() => {
    latest.current = client;
  });
  useEffect(() => {
    const element = card.current;
    if (!element) return undefined;
    return draggable({
      element,
      getInitialData: () => ({ client: latest.current }),
      getInitialDataForExternal: () => ({ "text/plain": latest.current.name }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, []);
  useEffect(() => {
    if (!arrives(client.id, at)) return;
    link.current?.focus();
    card.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [arrives, client.id, at]);

  return (
    <li ref={card} className={classes.card} data-row={client.id} data-dragging={dragging || undefined} data-marked={marked || undefined}>
      <Link ref={link} to={paths.person(client.id)} className={classes.name} draggable={false} data-row-link>
        {client.name}
      </Link>
      <span className={classes.address}>{client.property_address}</span>
      <span className={classes.foot}>
        {client.last_contacted ? <When at={client.last_contacted} /> : t("board.not_contacted")}
        {client.tags.slice(0, shownTags).map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </span>
      <Menu>
        <Menu.Target>
          <ActionIcon
            size={28}
            className={classes.menu}
            aria-label={t("stage.change_of", { name: client.name, stage: stageLabel(client.stage) })}
            data-move
          >
            <Glyph name="more" size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {placeAfter && <Steps placeAfter={placeAfter} onStep={(place) => onMove(client, client.stage, place)} />}
          <Menu.Label>{t("board.move_to")}</Menu.Label>
          {stages
            .filter((stage) => stage !== client.stage)
            .map((stage) => (
              <Menu.Item key={stage} onClick={() => onMove(client, stage)}>
                <StageMark stage={stage} />
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

const Steps = ({ placeAfter, onStep }: { placeAfter: (step: Step) => Place | null; onStep: (place: Place) => void }) => (
  <>
    <Menu.Label>{t("board.move_within")}</Menu.Label>
    {steps.map((step) => {
      const place = placeAfter(step);
      return (
        <Menu.Item key={step} disabled={place === null} onClick={() => place !== null && onStep(place)}>
          {t(`board.step_${step}`)}
        </Menu.Item>
      );
    })}
    <Menu.Divider />
  </>
);
