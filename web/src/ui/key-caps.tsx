import { keyCaps } from "@/lib/keyboard";
import classes from "./key-caps.module.css";

/** A key of the table as printed on the keyboard. */
export function KeyCaps({ keys }: { keys: string }) {
  return (
    <span className={classes.caps}>
      {keyCaps(keys).map((cap) => (
        <kbd key={cap} className={classes.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
