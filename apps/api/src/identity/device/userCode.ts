/**
 * The short code that a person copies from a terminal into the browser, such as BCDF-GHJK: 8 of 20 consonants (RFC 8628, section 6.1), so
 * that it spells no word and has no look-alikes. That is 34 bits; the limits on attempts leave a guesser a chance of one in 10^8 within its
 * ten minutes.
 */
import { randomInt } from "node:crypto";

const letters = "BCDFGHJKLMNPQRSTVWXZ";
const length = 8;

function group(code: string): string {
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
}

export function createUserCode(): string {
  return group(Array.from({ length }, () => letters[randomInt(letters.length)]).join(""));
}

/** As `createUserCode` writes it, whatever case, spaces and hyphens a person typed; null for a text that is not a code. */
export function readUserCode(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[\s\p{Pd}]/gu, "");
  return code.length === length && Array.from(code).every((letter) => letters.includes(letter)) ? group(code) : null;
}
