/** Reads the document of a bulk query: one valid query, with the place of the first problem. */
import { AppError } from "@pareidolia/core/appError";
import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getLocation,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  Source,
  specifiedRules,
  validate,
} from "graphql";
import { checkDocument } from "../limits/checkDocument.ts";
import { checkVariableDepth } from "../limits/checkVariableDepth.ts";
import { limits } from "../limits/limits.ts";

const field = "input.query";
const maxQueryLength = 10_000;
/** The prefix of the variables that choose a page. */
export const ownVariables = "bulkQuery";

export interface BulkDocument {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** As they were given. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Checked, with defaults. */
  readonly values: Readonly<Record<string, unknown>>;
}

function refusal(text: string, message: string, from: number, to: number): AppError {
  const { line, column } = getLocation(new Source(text), from);
  return new AppError("INVALID_INPUT", `${message} (Line ${line}, column ${column}.)`, { field, place: { from, to, hint: null } });
}

/** @throws AppError INVALID_INPUT with the place of the node. */
export function refuseNode({ loc }: ASTNode, message: string): never {
  throw loc === undefined ? new AppError("INVALID_INPUT", message, { field }) : refusal(loc.source.body, message, loc.start, loc.end);
}

function refuseError(text: string, { message, nodes, positions }: GraphQLError): never {
  const [node] = nodes ?? [];
  if (node?.loc !== undefined) return refuseNode(node, message);
  const from = Math.min(positions?.[0] ?? 0, text.length);
  throw refusal(text, message, from, Math.min(from + 1, text.length));
}

function parseText(text: string): DocumentNode {
  try {
    checkDocument(text);
    return parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) refuseError(text, error);
    throw error;
  }
}

/** @throws AppError INVALID_INPUT, naming the query with the place of the problem, or the variables. */
export function readDocument(schema: GraphQLSchema, text: string, variables: Readonly<Record<string, unknown>>): BulkDocument {
  if (text.length > maxQueryLength)
    throw new AppError("INVALID_INPUT", `A bulk query has at most ${maxQueryLength.toLocaleString("en")} characters.`, { field });
  const document = parseText(text);
  const [problem] = validate(schema, document, specifiedRules, { hideSuggestions: true });
  if (problem !== undefined) refuseError(text, problem);
  const operations = document.definitions.filter((definition) => definition.kind === "OperationDefinition");
  const [operation, second] = operations;
  for (const definition of operation?.variableDefinitions ?? [])
    if (definition.variable.name.value.startsWith(ownVariables))
      refuseNode(definition, `Rename this variable: names that start with "${ownVariables}" are reserved.`);
  if (operation === undefined) throw new AppError("INVALID_INPUT", "Write one query, such as { runs { nodes { key } } }.", { field });
  if (operation.operation !== "query") refuseNode(operation, `Write a query, not a ${operation.operation}: a bulk query only reads.`);
  if (second !== undefined) refuseNode(second, "Write one query. Start another bulk query for this one.");
  try {
    checkVariableDepth(variables);
  } catch (error) {
    throw new AppError("INVALID_INPUT", (error as Error).message, { field: "input.variables", cause: error });
  }
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (coerced === undefined) throw new AppError("INVALID_INPUT", errors[0]?.message ?? "Invalid variables.", { field: "input.variables" });
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === "FragmentDefinition" ? [[definition.name.value, definition] as const] : [],
    ),
  );
  return { operation, fragments, variables, values: coerced };
}
