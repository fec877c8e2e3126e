/** The consent texts of a new draft. Researchers edit them, since only they know what a study really keeps and shares. */
import type { Phase } from "../trials/design.ts";
import type { ConsentTexts } from "./consent.ts";
import { introductionOf } from "./introductions.ts";

export const defaultConsentTexts = {
  en: {
    introduction: "A computer has given each of these images a name. Tell us what you see.",
    kept: "Your answers, how long each one took, and the size and refresh rate of your screen, until you withdraw. No name, no e-mail address.",
    shared: "Published as open data under a pseudonym.",
    withdrawal:
      "Stop whenever you like. With the code that you get you can still withdraw: your answers are then deleted and left out of every later export.",
  },
  de: {
    introduction: "Ein Computer hat jedem dieser Bilder einen Namen gegeben. Sagen Sie uns, was Sie sehen.",
    kept: "Ihre Antworten, wie lange jede gedauert hat, sowie Größe und Bildwiederholrate Ihres Bildschirms, bis Sie widerrufen. Kein Name, keine E-Mail-Adresse.",
    shared: "Unter einem Pseudonym als offene Daten veröffentlicht.",
    withdrawal:
      "Sie können jederzeit aufhören. Mit dem Code, den Sie erhalten, können Sie Ihre Teilnahme auch später widerrufen: Ihre Antworten werden dann gelöscht und fehlen in jedem späteren Export.",
  },
} as const satisfies { readonly [language: string]: ConsentTexts };

const known: Readonly<Record<string, ConsentTexts>> = defaultConsentTexts;

/** Our consent texts in a language, with the introduction of the study's questions; null if we have none in this language. */
export function consentTextsOf(
  { template, phases }: { readonly template: string | null; readonly phases: readonly Pick<Phase, "protocol">[] },
  language: string,
): ConsentTexts | null {
  const texts = Object.hasOwn(known, language) ? known[language] : undefined;
  if (texts === undefined) return null;
  const introduction = introductionOf(template, phases, language);
  return introduction === null ? texts : { ...texts, introduction };
}
