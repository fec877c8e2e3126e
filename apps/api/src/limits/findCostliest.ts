/**
 * Finds what makes an operation too expensive: the list whose rows cost most, without the lists inside them, and the length with which the
 * operation would fit. Called for refused operations only.
 */
import { type GraphQLObjectType, type GraphQLOutputType, getNamedType, type SelectionSetNode } from "graphql";
import { countAll, fieldOf, lengthOf, type Walk } from "./countCost.ts";

export interface Costliest {
  /** Names of fields, or their aliases, with dots. */
  readonly path: string;
  /** The largest `first` with which the operation fits; null if even 1 is too many. */
  readonly first: number | null;
}

interface List {
  readonly path: string;
  /** Of each additional row, everything inside it included. */
  readonly costOfRow: number;
  readonly cost: number;
  /** Without the lists inside its rows. */
  own: number;
}

/** A document may spread its fragments more often than is worth a visit. */
const mostVisits = 5_000;

function collectLists(selections: SelectionSetNode, root: GraphQLOutputType, walk: Walk): readonly List[] {
  const lists: List[] = [];
  let visits = 0;

  function visit(set: SelectionSetNode, parent: GraphQLOutputType, path: string, rows: number, outer: List | null): void {
    for (const selection of set.selections) {
      visits += 1;
      if (visits > mostVisits) return;
      if (selection.kind !== "Field") {
        const fragment = selection.kind === "FragmentSpread" ? walk.fragments.get(selection.name.value) : selection;
        const condition = fragment?.typeCondition?.name.value;
        const type = condition === undefined ? parent : (walk.schema.getType(condition) as GraphQLObjectType | undefined);
        if (fragment !== undefined && type !== undefined) visit(fragment.selectionSet, type, path, rows, outer);
        continue;
      }
      const definition = fieldOf(selection, parent);
      if (definition === undefined || selection.selectionSet === undefined) continue;
      const name = (selection.alias ?? selection.name).value;
      const own = path === "" ? name : `${path}.${name}`;
      const length = lengthOf(selection, definition, parent, walk);
      if (!definition.args.some((argument) => argument.name === "first")) {
        visit(selection.selectionSet, definition.type, own, rows * length, outer);
        continue;
      }
      const costOfRow = rows * countAll(selection.selectionSet, definition.type, walk).cost;
      const list: List = { path: own, costOfRow, cost: costOfRow * length, own: costOfRow * length };
      if (outer !== null) outer.own -= list.cost;
      lists.push(list);
      visit(selection.selectionSet, definition.type, own, rows * length, list);
    }
  }

  visit(selections, root, "", 1, null);
  return lists;
}

/** @param allowed the cost that the operation may have. @returns null for an operation without lists. */
export function findCostliest(
  { selections, root, walk }: { readonly selections: SelectionSetNode; readonly root: GraphQLOutputType; readonly walk: Walk },
  { cost, allowed }: { readonly cost: number; readonly allowed: number },
): Costliest | null {
  const [costliest] = collectLists(selections, getNamedType(root) as GraphQLObjectType, walk).toSorted((a, b) => b.own - a.own);
  if (costliest === undefined) return null;
  const first = Math.floor((allowed - (cost - costliest.cost)) / costliest.costOfRow);
  return { path: costliest.path, first: first >= 1 ? first : null };
}
