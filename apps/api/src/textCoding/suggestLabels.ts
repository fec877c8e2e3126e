/** Labels that a text probably names, by spelling alone. */
import { normaliseText } from "@pareidolia/core/normaliseText";
import { editDistance } from "@pareidolia/search/nearestName";

export interface NamedLabel {
  readonly label: number;
  /** In each language of the study. A name may list synonyms, separated by commas. */
  readonly names: readonly string[];
}

/** One for each of the digit keys from 1 to 5. */
const maxSuggestions = 5;
const articles = /^(?:an?|the|eine?|der|die|das|ein) (?=.)/u;

/** Distances are at least 1, so that a name inside a longer text comes after the same name and before misspelled ones. */
const inside = 0.5;

/**
 * Suggests at most five labels, best first: names equal to the text, then names within it, then names that differ in up to a third of their
 * letters. Ties keep the order of `labels`.
 * @param text normalised.
 */
export function suggestLabels(text: string, labels: readonly NamedLabel[]): readonly number[] {
  const given = text.replace(articles, "");
  const ranked = labels.flatMap(({ label, names }) => {
    const distances = names.flatMap((name) => name.split(",")).map((name) => distanceOf(given, normaliseText(name)));
    const distance = Math.min(...distances);
    return distance === Number.POSITIVE_INFINITY ? [] : [{ label, distance }];
  });
  return ranked
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, maxSuggestions)
    .map(({ label }) => label);
}

function distanceOf(given: string, name: string): number {
  if (name === "") return Number.POSITIVE_INFINITY;
  if (given === name) return 0;
  if (` ${given} `.includes(` ${name} `)) return inside;
  // Of one or two letters, one is half of the word.
  const most = Math.floor(Math.max(given.length, name.length) / 3);
  if (name.length < 3 || Math.abs(given.length - name.length) > most) return Number.POSITIVE_INFINITY;
  const distance = editDistance(given, name);
  return distance <= most ? distance : Number.POSITIVE_INFINITY;
}
