/** The tags in a search with their positions, to point out those that no longer exist. */
import { comparisonsIn } from "./comparisonsIn.ts";
import type { FieldRegistry } from "./fields/field.ts";
import { parseSearch } from "./parseSearch.ts";
import type { SearchProblem, Span } from "./searchTree.ts";

export interface NamedTag extends Span {
  /** In lower case, as tags are stored. */
  readonly name: string;
}

/** In text order; empty if the search cannot be parsed. */
export function namedTags(text: string, registry: FieldRegistry): readonly NamedTag[] {
  const { value } = parseSearch(text, registry);
  if (value == null) return [];
  return comparisonsIn(value).flatMap(({ field, operator, values }) => {
    if (registry.find(field.text)?.type !== "tag" || operator === "~") return [];
    return values
      .filter(({ text: tag, isQuoted }) => isQuoted || tag.toLowerCase() !== "none")
      .map(({ text: tag, from, to }) => ({ name: tag.toLowerCase(), from, to }));
  });
}

/** The problem of the first tag that does not exist; null if all do. */
export function missingTag(tags: readonly NamedTag[], exists: (name: string) => boolean): SearchProblem | null {
  const missing = tags.find(({ name }) => !exists(name));
  if (missing === undefined) return null;
  const { name, from, to } = missing;
  return {
    from,
    to,
    message: `There is no tag \`${name}\`.`,
    hint: "It was renamed or deleted. Name another tag, or remove the condition.",
  };
}
