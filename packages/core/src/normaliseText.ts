/** The form in which texts that people wrote are compared: spelling that carries no meaning is removed. */

/**
 * In lower case, composed (NFC), with punctuation and white space as single spaces: "A dog!" and "a  dog" are both "a dog". A text of
 * punctuation alone keeps it. Idempotent.
 */
export function normaliseText(text: string): string {
  const lower = text.normalize("NFC").toLowerCase().normalize("NFC");
  const words = lower.replace(/[\p{P}\p{Z}\s]+/gu, " ").trim();
  return words === "" ? lower.replace(/\s+/gu, " ").trim() : words;
}
