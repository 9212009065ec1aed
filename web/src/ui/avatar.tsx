import { initials } from "@/lib/format";
import classes from "./avatar.module.css";

const tones = 6;

/** The letters of a person, in a tone that stays theirs. */
export function Avatar({ name, size = 32 }: { name: string; size?: number }) {
  const tone = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % tones;
  return (
    <span className={classes.avatar} data-tone={tone} style={{ width: size, height: size, fontSize: size * 0.375 }} aria-hidden>
      {initials(name)}
    </span>
  );
}
