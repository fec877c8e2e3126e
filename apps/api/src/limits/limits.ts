/**
 * What a document may ask for at most, before anything of it runs. Depth and aliases are counted over fragments too;
 * cost is an upper bound of the values in the answer, with lists as long as their arguments allow. A field that costs more
 * than its values, such as a statement of its own for every parent, declares that as its `complexity` (see costs.ts); a list that
 * may be longer than most declares its `longest` length among its extensions.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getOperationAST,
  isInterfaceType,
  isListType,
  isObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { defaultPageSize, largestPageSize } from "../pagination/pageSizes.ts";

export const limits = { tokens: 4_000, depth: 16, aliases: 60, cost: 100_000 } as const;

/** For lists without arguments, such as an archive's elites: MNIST's ten. */
const usualLength = 10;
/** Of the whole schema, as explorers ask for it. */
const introspectionCost = 40_000;

interface Count {
  /** Levels, itself included. */
  depth: number;
  aliases: number;
  cost: number;
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Each fragment is counted once, however often it is spread. One that is being counted is null: a cycle, which validation refuses. */
  readonly counted: Map<string, Count | null>;
}

const nothing: Count = { depth: 0, aliases: 0, cost: 0 };

function fieldOf(field: FieldNode, parent: GraphQLOutputType): GraphQLField<unknown, unknown> | undefined {
  const named = getNamedType(parent);
  return isObjectType(named) || isInterfaceType(named) ? named.getFields()[field.name.value] : undefined;
}

function lengthOf(field: FieldNode, definition: GraphQLField<unknown, unknown>, parent: GraphQLOutputType, { variables }: Walk): number {
  const isList = isListType(getNullableType(definition.type));
  const longest: unknown = definition.extensions["longest"];
  const most = typeof longest === "number" ? longest : null;
  const takes = (name: string): boolean => definition.args.some((argument) => argument.name === name);
  if (takes("first") || (isList && (takes("ids") || takes("limit") || takes("indexes")))) {
    let values: Record<string, unknown> = {};
    try {
      values = getArgumentValues(definition, field, variables);
    } catch {
      // A wrong argument is reported by GraphQL itself.
    }
    const { first, last, limit, ids, indexes } = values;
    const asked = [first, last, limit].find((value) => typeof value === "number");
    if (takes("first")) return Math.min(Math.max(asked ?? defaultPageSize, 1), largestPageSize);
    const named = ids ?? indexes;
    return Array.isArray(named) ? Math.min(named.length, most ?? named.length) : Math.max(asked ?? most ?? usualLength, 1);
  }
  // A connection's rows are counted where it is asked for.
  return isList && !getNamedType(parent).name.endsWith("Connection") ? (most ?? usualLength) : 1;
}

function countField(field: FieldNode, parent: GraphQLOutputType, walk: Walk): Count {
  const aliases = field.alias === undefined ? 0 : 1;
  const name = field.name.value;
  if (name === "__typename") return { depth: 1, aliases, cost: 0 };
  // How deep introspection goes is bounded by a validation rule of its own.
  if (name.startsWith("__")) return { depth: 1, aliases, cost: introspectionCost };
  const definition = fieldOf(field, parent);
  if (definition === undefined) return { depth: 1, aliases, cost: 1 };
  const declared: unknown = definition.extensions["complexity"];
  const own = 1 + (typeof declared === "number" ? declared : 0);
  if (field.selectionSet === undefined) return { depth: 1, aliases, cost: own };
  const below = countAll(field.selectionSet, definition.type, walk);
  return { depth: 1 + below.depth, aliases: aliases + below.aliases, cost: own + below.cost * lengthOf(field, definition, parent, walk) };
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

function countAll({ selections }: SelectionSetNode, parent: GraphQLOutputType, walk: Walk): Count {
  return selections
    .map((selection) => countSelection(selection, parent, walk))
    .reduce(
      (sum, { depth, aliases, cost }) => ({
        depth: Math.max(sum.depth, depth),
        aliases: sum.aliases + aliases,
        cost: sum.cost + cost,
      }),
      nothing,
    );
}

function refuse(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "TOO_COMPLEX", http: { status: 400 } } });
}

/** The first limit that an operation of a valid document breaks, or null. */
export function findBrokenLimit(
  schema: GraphQLSchema,
  request: { document: DocumentNode; operationName: string | null | undefined; variables: Readonly<Record<string, unknown>> },
): GraphQLError | null {
  const operation = getOperationAST(request.document, request.operationName);
  if (operation == null) return null;
  const root = schema.getRootType(operation.operation);
  if (root == null) return null;
  const fragments = new Map(
    request.document.definitions.flatMap((definition) =>
      definition.kind === "FragmentDefinition" ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const { depth, aliases, cost } = countAll(operation.selectionSet, root, {
    schema,
    fragments,
    variables: request.variables,
    counted: new Map(),
  });
  if (depth > limits.depth) return refuse(`This query is ${depth} levels deep; at most ${limits.depth} are allowed.`);
  if (aliases > limits.aliases) return refuse(`This query has more than ${limits.aliases} aliases.`);
  if (cost > limits.cost)
    return refuse(`This query could return more than ${limits.cost} values. Ask for fewer fields, or for fewer rows with "first".`);
  return null;
}
