import { inTheirWords } from "../sentences";
import { said } from "./said";

export const toldInSpanish = (sentence: string): string => inTheirWords(said, sentence);
