/** Checks names and titles, which pages, terminals and e-mails show within a line of other text. */

/**
 * Controls, line ends, and invisible characters: some reorder the text after them (Unicode Standard Annex #9, section 2), and all let one
 * name pass for another. Joiners, variation selectors and tags stay, since scripts and emoji need them.
 */
const unfit = /(?!\p{Join_Control}|\p{Variation_Selector}|[\u{e0020}-\u{e007f}])[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;
/** Letters, digits, punctuation and symbols, but not the blank Braille pattern. */
const visible = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/** The first character that does not belong in a line, such as "U+202E"; null if there is none. */
export function findUnfitCharacter(text: string): string | null {
  const code = text.match(unfit)?.[0].codePointAt(0);
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

export function removeUnfitCharacters(text: string): string {
  return text.replaceAll(unfit, "");
}

/** In one line and without unfit characters, for texts that were stored unchecked. */
export function toLine(text: string): string {
  return removeUnfitCharacters(text.replaceAll(/\s+/g, " ")).trim();
}

/** False for spaces, marks and invisible characters alone. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}
