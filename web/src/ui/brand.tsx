import classes from "./brand.module.css";

/** The mark: a door with its knob, on its step. */
export function BrandMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden className={classes.mark}>
      <path className={classes.leaf} d="M7 23V12.5a7 7 0 0 1 14 0V23Z" />
      <path className={classes.step} d="M3.5 24h21" />
      <circle className={classes.knob} cx="17.6" cy="16.2" r="1.35" />
    </svg>
  );
}
