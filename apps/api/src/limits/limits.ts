/**
 * What a document may ask for at most, before anything of it runs. Depth and aliases are counted over fragments too;
 * cost is an upper bound of the values in the answer, with lists as long as their arguments allow.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
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
  type SelectionSetNode,
} from "graphql";
import { defaultPageSize, largestPageSize } from "../pagination/connectionArguments.ts";

export const limits = { tokens: 4_000, depth: 16, aliases: 60, cost: 100_000 } as const;

/** For lists without arguments, such as an archive's elites: MNIST's ten. */
const usualLength = 10;

interface Count {
  depth: number;
  aliases: number;
  cost: number;
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Fragments that are being walked: a cycle is an error of its own, found by validation. */
  readonly open: Set<string>;
}

function lengthOf(field: FieldNode, parent: GraphQLOutputType, walk: Walk): { length: number; type: GraphQLOutputType | undefined } {
  const named = getNamedType(parent);
  const definition = isObjectType(named) || isInterfaceType(named) ? named.getFields()[field.name.value] : undefined;
  if (definition === undefined) return { length: 1, type: undefined };
  const paged = definition.args.some((argument) => argument.name === "first");
  if (paged || definition.args.some((argument) => argument.name === "ids" || argument.name === "limit")) {
    let values: Record<string, unknown> = {};
    try {
      values = getArgumentValues(definition, field, walk.variables);
    } catch {
      // A wrong argument is reported by GraphQL itself.
    }
    const { first, last, limit, ids } = values;
    const asked = [first, last, limit].find((value) => typeof value === "number");
    if (paged)
      return { length: Math.min(Math.max(typeof asked === "number" ? asked : defaultPageSize, 1), largestPageSize), type: definition.type };
    return {
      length: Array.isArray(ids) ? ids.length : Math.max(typeof asked === "number" ? asked : usualLength, 1),
      type: definition.type,
    };
  }
  const ofConnection = named.name.endsWith("Connection");
  const isList = isListType(getNullableType(definition.type));
  return { length: isList && !ofConnection ? usualLength : 1, type: definition.type };
}

function count(selections: SelectionSetNode, parent: GraphQLOutputType, depth: number, walk: Walk): Count {
  const total: Count = { depth, aliases: 0, cost: 0 };
  const add = (part: Count, times: number): void => {
    total.depth = Math.max(total.depth, part.depth);
    total.aliases += part.aliases;
    total.cost += part.cost * times;
  };
  for (const selection of selections.selections) {
    if (selection.kind === "Field") {
      // Introspection is bounded by a validation rule of its own.
      if (selection.name.value.startsWith("__")) continue;
      total.cost += 1;
      if (selection.alias !== undefined) total.aliases += 1;
      const { length, type } = lengthOf(selection, parent, walk);
      if (selection.selectionSet !== undefined && type !== undefined) add(count(selection.selectionSet, type, depth + 1, walk), length);
    } else if (selection.kind === "InlineFragment") {
      const condition = selection.typeCondition?.name.value;
      const type = condition === undefined ? parent : (walk.schema.getType(condition) as GraphQLObjectType | undefined);
      if (type !== undefined) add(count(selection.selectionSet, type, depth, walk), 1);
    } else {
      const name = selection.name.value;
      const fragment = walk.fragments.get(name);
      const type = fragment && (walk.schema.getType(fragment.typeCondition.name.value) as GraphQLObjectType | undefined);
      if (fragment === undefined || type === undefined || walk.open.has(name)) continue;
      walk.open.add(name);
      add(count(fragment.selectionSet, type, depth, walk), 1);
      walk.open.delete(name);
    }
    // Stop early, so that nested fragments cannot make the counting itself expensive.
    if (total.cost > limits.cost || total.aliases > limits.aliases) return total;
  }
  return total;
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
  const { depth, aliases, cost } = count(operation.selectionSet, root, 1, {
    schema,
    fragments,
    variables: request.variables,
    open: new Set(),
  });
  if (depth > limits.depth) return refuse(`This query is ${depth} levels deep; at most ${limits.depth} are allowed.`);
  if (aliases > limits.aliases) return refuse(`This query has more than ${limits.aliases} aliases.`);
  if (cost > limits.cost)
    return refuse(`This query could return more than ${limits.cost} values. Ask for fewer fields, or for fewer rows with "first".`);
  return null;
}
