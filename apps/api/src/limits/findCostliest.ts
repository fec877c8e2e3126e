/**
 * Finds what makes an operation too expensive: the list whose rows cost most, without the lists inside them, and the length with which the
 * operation would fit; and the field with the highest price over all rows, if another one says the same for less. Called for refused operations
 * only.
 */
import { type GraphQLField, type GraphQLObjectType, type GraphQLOutputType, getNamedType, type SelectionSetNode } from "graphql";
import { countAll, fieldOf, isConnection, lengthOf, priceOf, type Walk } from "./countCost.ts";

export interface Costliest {
  /** Names of fields, or their aliases, with dots. */
  readonly path: string;
  /** The largest `first` with which the operation fits; null if even 1 is too many. */
  readonly first: number | null;
}

/** A total, and the field that has it for less. */
export interface Cheaper {
  /** Of the requested field: names of fields, or their aliases, with dots. */
  readonly path: string;
  readonly cost: number;
  /** Name of the cheaper field, which belongs to the same type as the list. */
  readonly use: string;
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
const maxVisits = 5_000;

interface Collected {
  readonly lists: readonly List[];
  readonly cheaper: readonly Cheaper[];
}

/** The field beside a list that has its total for less. */
function cheaperThan(definition: GraphQLField<unknown, unknown> | null): string | null {
  const named: unknown = definition?.extensions["cheaper"];
  return typeof named === "string" ? named : null;
}

function collect(selections: SelectionSetNode, root: GraphQLOutputType, walk: Walk): Collected {
  const lists: List[] = [];
  const cheaper: Cheaper[] = [];
  let visits = 0;

  interface Place {
    readonly path: string;
    readonly rows: number;
    readonly outer: List | null;
    /** The field whose type has these fields. */
    readonly around: GraphQLField<unknown, unknown> | null;
  }

  function visit(set: SelectionSetNode, parent: GraphQLOutputType, place: Place): void {
    const { path, rows, outer, around } = place;
    for (const selection of set.selections) {
      visits += 1;
      if (visits > maxVisits) return;
      if (selection.kind !== "Field") {
        const fragment = selection.kind === "FragmentSpread" ? walk.fragments.get(selection.name.value) : selection;
        const condition = fragment?.typeCondition?.name.value;
        const type = condition === undefined ? parent : (walk.schema.getType(condition) as GraphQLObjectType | undefined);
        if (fragment !== undefined && type !== undefined) visit(fragment.selectionSet, type, place);
        continue;
      }
      const definition = fieldOf(selection, parent);
      if (definition === undefined) continue;
      const name = (selection.alias ?? selection.name).value;
      const own = path === "" ? name : `${path}.${name}`;
      const use = selection.name.value === "totalCount" ? cheaperThan(around) : null;
      if (use !== null) cheaper.push({ path: own, cost: rows * (1 + priceOf(definition)), use });
      if (selection.selectionSet === undefined) continue;
      // The rows of a list with pages are counted at the list.
      const length = isConnection(parent) ? 1 : lengthOf(selection, definition, walk);
      if (!definition.args.some((argument) => argument.name === "first")) {
        visit(selection.selectionSet, definition.type, { path: own, rows: rows * length, outer, around: definition });
        continue;
      }
      const inside = countAll(selection.selectionSet, definition.type, walk);
      const costOfRow = rows * (isConnection(definition.type) ? inside.costOfRow : inside.cost);
      const list: List = { path: own, costOfRow, cost: costOfRow * length, own: costOfRow * length };
      if (outer !== null) outer.own -= list.cost;
      lists.push(list);
      visit(selection.selectionSet, definition.type, { path: own, rows: rows * length, outer: list, around: definition });
    }
  }

  visit(selections, root, { path: "", rows: 1, outer: null, around: null });
  return { lists, cheaper };
}

interface Selected {
  readonly selections: SelectionSetNode;
  readonly root: GraphQLOutputType;
  readonly walk: Walk;
}

/** The costliest field with a cheaper equivalent; null if none has one. */
export function findCheaper({ selections, root, walk }: Selected): Cheaper | null {
  const { cheaper } = collect(selections, getNamedType(root) as GraphQLObjectType, walk);
  return cheaper.toSorted((a, b) => b.cost - a.cost)[0] ?? null;
}

/** @param allowed the cost that the operation may have. @returns null for an operation without lists. */
export function findCostliest(
  { selections, root, walk }: Selected,
  { cost, allowed }: { readonly cost: number; readonly allowed: number },
): Costliest | null {
  const [costliest] = collect(selections, getNamedType(root) as GraphQLObjectType, walk).lists.toSorted((a, b) => b.own - a.own);
  if (costliest === undefined || costliest.costOfRow === 0) return null;
  const first = Math.floor((allowed - (cost - costliest.cost)) / costliest.costOfRow);
  return { path: costliest.path, first: first >= 1 ? first : null };
}
