export type Strength = 0 | 1 | 2 | 3;

const shortest = 12;

/** How hard a password is to guess, roughly: by its length, and how much of it is not a repetition or a row. */
export function strengthOf(password: string): Strength {
  const letters = [...password];
  if (letters.length < shortest) return 0;
  const news = letters.filter((letter, index) => {
    const before = letters[index - 1];
    if (before === undefined) return true;
    const step = (letter.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
    return Math.abs(step) > 1;
  }).length;
  const different = new Set(letters).size;
  const weight = Math.min(news, different * 2);
  if (weight < 10) return 1;
  return weight < 16 ? 2 : 3;
}
