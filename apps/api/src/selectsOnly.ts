/** Tells whether a query selects only certain fields of an object, so that a resolver need not read the others. */
import type { GraphQLResolveInfo, SelectionSetNode } from "graphql";

/** Whether the query selects no fields of the resolved object but `fields`. Fields that a directive leaves out count as selected. */
export function selectsOnly({ fieldNodes, fragments }: GraphQLResolveInfo, fields: readonly string[]): boolean {
  // Each fragment is visited once, because fragments that spread each other twice would otherwise take exponential time.
  const visited = new Set<string>();
  const isWithin = (selected: SelectionSetNode | undefined): boolean =>
    (selected?.selections ?? []).every((selection) => {
      if (selection.kind === "InlineFragment") return isWithin(selection.selectionSet);
      const name = selection.name.value;
      if (selection.kind === "Field") return name === "__typename" || fields.includes(name);
      if (visited.has(name)) return true;
      visited.add(name);
      return isWithin(fragments[name]?.selectionSet);
    });
  return fieldNodes.every(({ selectionSet }) => isWithin(selectionSet));
}
