/** The conditions of a search in the order of the text. */
import type { Comparison, SearchTree } from "./searchTree.ts";

export function comparisonsIn(tree: SearchTree): readonly Comparison[] {
  switch (tree.kind) {
    case "text":
      return [];
    case "not":
      return comparisonsIn(tree.part);
    case "comparison":
      return [tree];
    default:
      return tree.parts.flatMap(comparisonsIn);
  }
}
