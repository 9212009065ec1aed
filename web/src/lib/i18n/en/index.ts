import { first } from "./first";
import { later } from "./later";

/** The English words of the console; every other language has the same keys. */
export const en = { ...first, ...later } as const;
