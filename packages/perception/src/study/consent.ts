/** What voters read and accept before their first trial. The version that each voter accepted is stored with the voter. */
import { dictionary, integer, nullable, record, type ShapeValue, text } from "@pareidolia/core/documentShape";
import type { PlanProblems } from "../planProblem.ts";

const textsShape = record({
  /** What the study is about, and what the voter does. */
  introduction: text,
  /** What is stored about the voter, and for how long. */
  kept: text,
  /** Who receives the votes, and in which form. */
  shared: text,
  /** How to withdraw, and what is then deleted. */
  withdrawal: text,
});
export type ConsentTexts = ShapeValue<typeof textsShape>;

export const consentShape = record({
  /** From 1; increases with each change of the texts. */
  version: integer,
  /** In years; null without a limit. */
  minimumAge: nullable(integer),
  /** By language, as BCP 47 tags. */
  texts: dictionary(textsShape),
});
export type Consent = ShapeValue<typeof consentShape>;

/** In characters. */
export const maxConsentTextLength = 20_000;
const oldest = 120;

export function* consentProblems({ version, minimumAge, texts }: Consent, languages: readonly string[]): PlanProblems {
  if (version < 1) yield { message: "The version of the consent must be at least 1.", field: "consent.version" };
  if (minimumAge !== null && !(minimumAge >= 0 && minimumAge <= oldest))
    yield { message: `The age must be from 0 to ${oldest} years.`, field: "consent.minimumAge" };
  for (const language of languages) {
    const own = Object.hasOwn(texts, language) ? texts[language] : undefined;
    if (own === undefined) yield { message: `The consent has no text in ${language}.`, field: "consent.texts" };
    for (const [name, content] of Object.entries(own ?? {})) {
      const field = `consent.texts.${language}.${name}`;
      if (content.trim() === "") yield { message: `The consent's text "${name}" in ${language} is empty.`, field };
      if (content.length > maxConsentTextLength)
        yield { message: `Each text of the consent can have up to ${maxConsentTextLength} characters.`, field };
    }
  }
  const unused = Object.keys(texts).find((language) => !languages.includes(language));
  if (unused !== undefined)
    yield { message: `The study is not offered in ${unused}. Remove its texts, or add the language.`, field: "consent.texts" };
}
