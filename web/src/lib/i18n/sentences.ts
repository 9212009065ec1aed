/** Sentences by their English, `{name}` in both standing for what differs from case to case. */
export type Sentences = Record<string, string>;

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What finds the names and values of a sentence with placeholders. */
export function patternOf(sentence: string): RegExp {
  const parts = sentence.split(/\{(\w+)\}/);
  return new RegExp(`^${parts.map((part, index) => (index % 2 === 0 ? literal(part) : `(?<${part}>.+?)`)).join("")}$`, "s");
}

/** A sentence in the language of `sentences`, or as it is where that language lacks it. */
export function inTheirWords(sentences: Sentences, sentence: string): string {
  const whole = sentences[sentence];
  if (whole !== undefined) return whole;
  for (const [english, theirs] of Object.entries(sentences)) {
    if (!/\{\w+\}/.test(english)) continue;
    const values = patternOf(english).exec(sentence)?.groups;
    if (values) return theirs.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);
  }
  return sentence;
}
