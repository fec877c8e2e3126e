/**
 * Counts levels, aliases and cost of a selection, fragments and introspection included. Cost is an upper bound on the values in the
 * response, with lists as long as their arguments allow, plus the values in list arguments. A field that costs more than its values, such as
 * one that runs a statement for every parent, declares a `complexity` (see costs.ts); a list that may be longer than usual declares its
 * `longest` length in its extensions.
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";
import { defaultPageSize, maxPageSize } from "../pagination/pageSizes.ts";
import { countCompleteIntrospection } from "./completeIntrospection.ts";
import { computationCost, statementCost } from "./costs.ts";
import { countIntrospection } from "./countIntrospection.ts";
import { countListValues, placeOf } from "./countListValues.ts";
import { limits } from "./limits.ts";

/** For lists without arguments, such as an archive's elites: MNIST's ten. */
const usualLength = 10;

export interface Count {
  /** Levels, including itself. */
  depth: number;
  aliases: number;
  cost: number;
  /** Of the fields of a list with pages that have its rows, for each row; 0 elsewhere. Its total and its page information cost once. */
  costOfRow: number;
  /** Of statements that run once, however many rows are around them. */
  once: number;
}

export interface Walk {
  readonly schema: GraphQLSchema;
  /** The names of the root types. */
  readonly roots: ReadonlySet<string>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /**
   * Each fragment is measured once, even if it is spread several times. Null marks a fragment that is still being measured; a spread of
   * such a fragment is a cycle, which validation rejects.
   */
  readonly counted: Map<string, Count | null>;
}

const nothing: Count = { depth: 0, aliases: 0, cost: 0, costOfRow: 0, once: 0 };

export function fieldOf(field: FieldNode, parent: GraphQLOutputType): GraphQLField<unknown, unknown> | undefined {
  const named = getNamedType(parent);
  return isObjectType(named) || isInterfaceType(named) ? named.getFields()[field.name.value] : undefined;
}

function readArguments(
  field: FieldNode,
  definition: GraphQLField<unknown, unknown>,
  variables: Walk["variables"],
): Readonly<Record<string, unknown>> {
  try {
    return getArgumentValues(definition, field, variables);
  } catch {
    // GraphQL itself reports invalid arguments.
    return {};
  }
}

export function lengthOf(field: FieldNode, definition: GraphQLField<unknown, unknown>, { variables }: Walk): number {
  const isList = isListType(getNullableType(definition.type));
  const longest: unknown = definition.extensions["longest"];
  const most = typeof longest === "number" ? longest : null;
  const takes = (name: string): boolean => definition.args.some((argument) => argument.name === name);
  if (takes("first") || (isList && (takes("ids") || takes("limit") || takes("indexes")))) {
    const { first, last, limit, ids, indexes } = readArguments(field, definition, variables);
    const asked = [first, last, limit].find((value) => typeof value === "number");
    if (takes("first")) return Math.min(Math.max(asked ?? defaultPageSize, 1), maxPageSize);
    const named = ids ?? indexes;
    return Array.isArray(named) ? Math.min(named.length, most ?? named.length) : Math.max(asked ?? most ?? usualLength, 1);
  }
  return isList ? (most ?? usualLength) : 1;
}

/** The statement that reads a page, unless the field declares another price. */
const pageCost = statementCost;

export const isConnection = (type: GraphQLOutputType): boolean => getNamedType(type).name.endsWith("Connection");

/** The fields of a connection that have its rows. */
const rowFields: ReadonlySet<string> = new Set(["nodes", "edges"]);

function countArguments(field: FieldNode, definition: GraphQLField<unknown, unknown>, { variables }: Walk): number {
  let count = 0;
  for (const { name, value } of field.arguments ?? []) {
    const argument = definition.args.find((each) => each.name === name.value);
    if (argument !== undefined) count += countListValues(argument.type, value, placeOf(argument), variables);
  }
  return count;
}

/** Of what an operation may cost, for one complete introspection. */
const shareOfIntrospection = 0.9;

function countIntrospectionField(field: FieldNode, walk: Walk): Count {
  const definition = [SchemaMetaFieldDef, TypeMetaFieldDef].find(({ name }) => name === field.name.value);
  if (definition === undefined || field.selectionSet === undefined) return leaf(1);
  const { depth, aliases } = countAll(field.selectionSet, definition.type, walk);
  // Dearer than other values, because GraphQL resolves introspection synchronously and blocks all other requests.
  const complete = countCompleteIntrospection(walk.schema);
  const count = countIntrospection(field, definition, { ...walk, most: complete / shareOfIntrospection });
  const cost = computationCost + Math.ceil((shareOfIntrospection * limits.cost * count) / complete);
  return { depth: 1 + depth, aliases, cost, costOfRow: 0, once: 0 };
}

function countUnaliased(field: FieldNode, parent: GraphQLOutputType, walk: Walk): Count {
  const name = field.name.value;
  // A document has only one root, so `__typename` of the root costs nothing.
  if (name === "__typename") return leaf(walk.roots.has(getNamedType(parent).name) ? 0 : 1);
  if (name.startsWith("__")) return countIntrospectionField(field, walk);
  const definition = fieldOf(field, parent);
  if (definition === undefined) return leaf(1);
  const own = 1 + priceOf(definition) + countArguments(field, definition, walk);
  const length = lengthOf(field, definition, walk);
  if (field.selectionSet === undefined) return leaf(isListType(getNullableType(definition.type)) ? own + length : own);
  const { depth, aliases, cost, costOfRow, once } = countAll(field.selectionSet, definition.type, walk);
  const inside = { depth: 1 + depth, aliases, once: once + onceOf(definition) };
  if (isConnection(definition.type)) {
    // A page without rows, for its total only, reads none.
    const page = isEmpty(field, definition, walk) ? own - priceOf(definition) : own;
    return { ...inside, cost: page + cost + costOfRow * length, costOfRow: 0 };
  }
  if (isConnection(parent) && rowFields.has(name)) return { ...inside, cost: own, costOfRow: cost };
  return { ...inside, cost: own + cost * length, costOfRow: 0 };
}

const isEmpty = (field: FieldNode, definition: GraphQLField<unknown, unknown>, { variables }: Walk): boolean =>
  readArguments(field, definition, variables)["first"] === 0;

/** Of a field's own work for each parent, without its values. */
export function priceOf({ extensions, type }: GraphQLField<unknown, unknown>): number {
  const declared: unknown = extensions["complexity"];
  if (typeof declared === "number") return declared;
  return isConnection(type) ? pageCost : 0;
}

function onceOf({ extensions }: GraphQLField<unknown, unknown>): number {
  const declared: unknown = extensions["once"];
  return typeof declared === "number" ? declared : 0;
}

const leaf = (cost: number): Count => ({ depth: 1, aliases: 0, cost, costOfRow: 0, once: 0 });

function countField(field: FieldNode, parent: GraphQLOutputType, walk: Walk): Count {
  const count = countUnaliased(field, parent, walk);
  return field.alias === undefined ? count : { ...count, aliases: count.aliases + 1 };
}

function countFragment(name: string, walk: Walk): Count {
  const known = walk.counted.get(name);
  if (known !== undefined) return known ?? nothing;
  const fragment = walk.fragments.get(name);
  const type = fragment && (walk.schema.getType(fragment.typeCondition.name.value) as GraphQLObjectType | undefined);
  if (fragment === undefined || type === undefined) return nothing;
  walk.counted.set(name, null);
  const count = countAll(fragment.selectionSet, type, walk);
  walk.counted.set(name, count);
  return count;
}

function countSelection(selection: SelectionNode, parent: GraphQLOutputType, walk: Walk): Count {
  if (selection.kind === "Field") return countField(selection, parent, walk);
  if (selection.kind === "FragmentSpread") return countFragment(selection.name.value, walk);
  const condition = selection.typeCondition?.name.value;
  const type = condition === undefined ? parent : (walk.schema.getType(condition) as GraphQLObjectType | undefined);
  return type === undefined ? nothing : countAll(selection.selectionSet, type, walk);
}

export function countAll({ selections }: SelectionSetNode, parent: GraphQLOutputType, walk: Walk): Count {
  return selections
    .map((selection) => countSelection(selection, parent, walk))
    .reduce(
      (sum, { depth, aliases, cost, costOfRow, once }) => ({
        depth: Math.max(sum.depth, depth),
        aliases: sum.aliases + aliases,
        cost: sum.cost + cost,
        costOfRow: sum.costOfRow + costOfRow,
        once: sum.once + once,
      }),
      nothing,
    );
}
