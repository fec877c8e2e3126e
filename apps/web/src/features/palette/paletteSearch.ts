/** What is searched for the text typed into the palette: every word counts, in any order. */
import { encodings } from "@pareidolia/encodings/registry";
import { quote } from "@pareidolia/search/formatSearch";
import type { EliteFilter } from "../../graphql/generated/graphql.ts";
import { matchesWords } from "./destinations.ts";

/** A search may have no more. */
const maxWords = 40;

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean).slice(0, maxWords);

/** For experiments and runs, in the search language: each word is text in quotes, so `,` and `not` mean themselves. Archived ones are found, too. */
export function searchForPlaces(text: string): string | null {
  const words = wordsOf(text).map(quote);
  return words.length === 0 ? null : `${words.join(" ")} (archived = true OR archived = false)`;
}

/**
 * The elites' rows name their label and encoding: "3 cppn" finds the CPPN images of 3. Words are part of the label if a label contains all
 * of the text.
 */
export function filterElites(text: string, isInLabel: (text: string) => boolean): EliteFilter {
  if (text === "") return {};
  const words = wordsOf(text);
  const named = encodings.filter((encoding) => words.some((word) => isName(word, encoding)));
  if (named.length === 0 || isInLabel(text)) return { labelContains: text };
  const rest = words.filter((word) => !named.some((encoding) => isName(word, encoding))).join(" ");
  return { encoding: named.map(({ id }) => id), ...(rest === "" ? {} : { labelContains: rest }) };
}

/** Shorter words start too many labels. */
const minNameLength = 3;

const isName = (word: string, { id, label }: { readonly id: string; readonly label: string }): boolean =>
  word.length >= minNameLength && matchesWords(word, { name: label, keywords: id });
