/** The tags that a search names, with their places, to say which of them no longer exist. */
import type { FieldRegistry } from "./fields/field.ts";
import { parseSearch } from "./parseSearch.ts";
import type { SearchProblem, SearchTree, Span } from "./searchTree.ts";

export interface NamedTag extends Span {
  /** In lower case, as tags are stored. */
  readonly name: string;
}

function tagsIn(tree: SearchTree, registry: FieldRegistry): NamedTag[] {
  switch (tree.kind) {
    case "text":
      return [];
    case "not":
      return tagsIn(tree.part, registry);
    case "comparison":
      if (registry.find(tree.field.text)?.type !== "tag" || tree.operator === "~") return [];
      return tree.values
        .filter(({ text, isQuoted }) => isQuoted || text.toLowerCase() !== "none")
        .map(({ text, from, to }) => ({ name: text.toLowerCase(), from, to }));
    default:
      return tree.parts.flatMap((part) => tagsIn(part, registry));
  }
}

/** In the order of the text; none for a search that cannot be parsed. */
export function namedTags(text: string, registry: FieldRegistry): readonly NamedTag[] {
  const { value } = parseSearch(text, registry);
  return value == null ? [] : tagsIn(value, registry);
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
