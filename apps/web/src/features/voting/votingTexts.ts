/** The texts that voters read, in the language of a voter. A further language is a file of texts and one more entry of `textsByLanguage`. */
import { englishTexts, type VotingTexts } from "./englishTexts.ts";
import { germanTexts } from "./germanTexts.ts";

const textsByLanguage: Readonly<Record<string, VotingTexts>> = { en: englishTexts, de: germanTexts };

/** Of the page's own texts. */
export const languagesOfTexts: readonly string[] = Object.keys(textsByLanguage);

/** "de" of "de-AT". */
function primary(language: string): string {
  return language.toLowerCase().split("-")[0] as string;
}

/** The texts in a language; in English if there are none. */
export function textsIn(language: string): VotingTexts {
  return textsByLanguage[primary(language)] ?? englishTexts;
}

/** The language of the texts that `textsIn` returns, for the page's `lang`. */
export function textLanguage(language: string): string {
  return textsByLanguage[primary(language)] === undefined ? "en" : primary(language);
}

/** The name of a language in that language. */
export function languageName(language: string): string {
  const known = textsByLanguage[primary(language)];
  if (known !== undefined) return known.languageName;
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}

/** The first of the reader's languages in which the study exists, else the study's first one. */
export function preferredLanguage(offered: readonly string[], readers: readonly string[]): string {
  for (const reader of readers) {
    const found = offered.find((language) => primary(language) === primary(reader));
    if (found !== undefined) return found;
  }
  return offered[0] ?? "en";
}
