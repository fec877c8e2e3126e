/** What voters read between two phases, besides the study's own instructions, in each language of the voting page. */
import { textLanguage } from "./votingTexts.ts";

const english = {
  title: (part: number, parts: number) => `Part ${part} of ${parts}: another question`,
  usual: "From here on, the question is another one.",
  start: "Start this part",
};

const german: typeof english = {
  title: (part, parts) => `Teil ${part} von ${parts}: eine andere Frage`,
  usual: "Ab hier lautet die Frage anders.",
  start: "Diesen Teil beginnen",
};

export function phaseWordsIn(language: string): typeof english {
  return textLanguage(language) === "de" ? german : english;
}
