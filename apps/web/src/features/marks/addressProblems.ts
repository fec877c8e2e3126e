/** Checks the parameters of a page's URL, and describes invalid ones with what the page shows instead. */
import { isWholeNumber } from "./wholeNumber.ts";

export interface AddressRule {
  readonly name: string;
  accepts(text: string): boolean;
  /** Description of valid values: `one of highest, lowest`. */
  readonly wanted: string;
  /** What happens instead, as a clause: `highest is used`. */
  readonly instead: string;
}

export interface AddressReader {
  get(name: string): string | null;
}

const maxQuotedLength = 60;

/** Quotes a value from the URL, shortened to 60 characters. */
export function quoteValue(text: string): string {
  const characters = Array.from(text);
  return `“${characters.length > maxQuotedLength ? `${characters.slice(0, maxQuotedLength).join("")}…` : text}”`;
}

export function oneOf(name: string, values: readonly string[], instead: string): AddressRule {
  return { name, accepts: (text) => values.includes(text), wanted: `one of ${values.join(", ")}`, instead: `${instead} is used` };
}

export function wholeNumberOf(name: string, instead: string): AddressRule {
  return { name, accepts: isWholeNumber, wanted: "a whole number from 0", instead };
}

/** Returns a sentence for each parameter in the URL that the page does not use. */
export function unknownNames(address: Iterable<readonly [string, string]>, known: readonly string[]): readonly string[] {
  const names = [...new Set([...address].map(([name]) => name))].filter((name) => !known.includes(name));
  return names.map((name) => `This page has no setting ${quoteValue(name)}; it is ignored.`);
}

/** Returns a sentence for each invalid parameter. A parameter with an empty value counts as absent. */
export function addressProblems(address: AddressReader, rules: readonly AddressRule[]): readonly string[] {
  return rules.flatMap(({ name, accepts, wanted, instead }) => {
    const text = address.get(name);
    return text === null || text === "" || accepts(text)
      ? []
      : [`${name} is ${quoteValue(text)} and must be ${wanted}; ${instead} instead.`];
  });
}
