/** What of a page's address cannot be used. A view that reads its state from there says so, and says what it shows instead. */
import { isWholeNumber } from "./wholeNumber.ts";

export interface AddressRule {
  readonly name: string;
  accepts(text: string): boolean;
  /** What it must be: `one of highest, lowest`. */
  readonly wanted: string;
  /** What is shown instead, as a clause: `highest is used`. */
  readonly instead: string;
}

export interface AddressReader {
  get(name: string): string | null;
}

const longestShown = 60;

/** A value as it is repeated to its reader: an address may hold pages of anything. */
export function quoteAsked(text: string): string {
  const characters = Array.from(text);
  return `“${characters.length > longestShown ? `${characters.slice(0, longestShown).join("")}…` : text}”`;
}

export function oneOf(name: string, values: readonly string[], instead: string): AddressRule {
  return { name, accepts: (text) => values.includes(text), wanted: `one of ${values.join(", ")}`, instead: `${instead} is used` };
}

export function wholeNumberOf(name: string, instead: string): AddressRule {
  return { name, accepts: isWholeNumber, wanted: "a whole number from 0", instead };
}

/** Reports a model, encoding or other stored item in the address that does not exist. */
export function missingChoice(asked: AddressReader, name: string, known: readonly string[], instead: string): readonly string[] {
  const text = asked.get(name);
  return text === null || text === "" || known.includes(text) ? [] : [`There is no ${name} ${quoteAsked(text)} here; ${instead} instead.`];
}

/** A sentence for each parameter in the address that the page does not read. */
export function unknownNames(asked: Iterable<readonly [string, string]>, known: readonly string[]): readonly string[] {
  const names = [...new Set([...asked].map(([name]) => name))].filter((name) => !known.includes(name));
  return names.map((name) => `This page has no setting ${quoteAsked(name)}; it is ignored.`);
}

/** A sentence for each; a name without a value asks for nothing. */
export function addressProblems(asked: AddressReader, rules: readonly AddressRule[]): readonly string[] {
  return rules.flatMap(({ name, accepts, wanted, instead }) => {
    const text = asked.get(name);
    return text === null || text === "" || accepts(text)
      ? []
      : [`${name} is ${quoteAsked(text)} and must be ${wanted}; ${instead} instead.`];
  });
}
