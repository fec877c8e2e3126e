/** The scores of a searched class in a saved document. */
import type { SearchedClass } from "@pareidolia/core/searchedClass";

export function scoresOf({ class: index, label, search, stored }: SearchedClass): SearchedClass {
  return { class: index, label, search, stored };
}
