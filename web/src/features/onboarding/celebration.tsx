import classes from "./celebration.module.css";

const pieces = 36;

/** A short shower of confetti; still for those who prefer it so, and nothing to a screen reader. */
export const Celebration = () => (
  <div className={classes.sky} aria-hidden>
    {Array.from({ length: pieces }, (_, index) => (
      <i
        key={index}
        style={
          {
            "--x": `${(index * 37) % 100}%`,
            "--drift": `${((index * 53) % 17) - 8}rem`,
            "--wait": `${(index % 9) * 90}ms`,
            "--turn": `${((index * 71) % 9) * 90 - 360}deg`,
          } as React.CSSProperties
        }
        data-tint={index % 4}
      />
    ))}
  </div>
);
