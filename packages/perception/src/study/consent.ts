/** What voters read and accept before their first trial. The version that each voter accepted is stored with the voter. */
import { AppError } from "@pareidolia/core/appError";
import { dictionary, integer, nullable, record, type ShapeValue, text } from "@pareidolia/core/documentShape";

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
  /** From 1; higher with each change of the texts. */
  version: integer,
  /** In years; null without a limit. */
  minimumAge: nullable(integer),
  /** By language, as BCP 47 tags. */
  texts: dictionary(textsShape),
});
export type Consent = ShapeValue<typeof consentShape>;

/** Characters of one text. */
export const longestConsentText = 20_000;
const oldest = 120;

/** @throws AppError INVALID_INPUT naming the first field that does not fit. */
export function checkConsent({ version, minimumAge, texts }: Consent, languages: readonly string[]): void {
  const refuse = (message: string, field: string): never => {
    throw new AppError("INVALID_INPUT", message, { field: `consent.${field}` });
  };
  if (version < 1) refuse("The version of the consent must be at least 1.", "version");
  if (minimumAge !== null && !(minimumAge >= 0 && minimumAge <= oldest)) refuse(`The age must be from 0 to ${oldest} years.`, "minimumAge");
  for (const language of languages) {
    const own = Object.hasOwn(texts, language) ? texts[language] : undefined;
    if (own === undefined) throw new AppError("INVALID_INPUT", `The consent has no text in ${language}.`, { field: "consent.texts" });
    for (const [name, content] of Object.entries(own)) {
      if (content.trim() === "") refuse(`The consent's text "${name}" in ${language} is empty.`, `texts.${language}.${name}`);
      if (content.length > longestConsentText)
        refuse(`A text of the consent has up to ${longestConsentText} characters.`, `texts.${language}.${name}`);
    }
  }
  const unused = Object.keys(texts).find((language) => !languages.includes(language));
  if (unused !== undefined) refuse(`The study is not offered in ${unused}. Remove its texts, or add the language.`, "texts");
}
