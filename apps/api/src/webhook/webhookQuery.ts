/** The query of a webhook: checked and costed when it is saved, and executed when an event has happened. */
import { AppError } from "@pareidolia/core/appError";
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, print, specifiedRules, validate } from "graphql";
import { checkDocument } from "../limits/checkDocument.ts";
import { limits } from "../limits/limits.ts";
import { measureOperation } from "../limits/measureOperation.ts";

const field = "input.query";
const maxQueryLength = 10_000;
/** A tenth of an operation's limit, because every event runs the query. */
const maxCost = 10_000;

function refuse(message: string): never {
  throw new AppError("INVALID_INPUT", message, { field });
}

/** Checks the operation's variables: the event provides only the ID of its subject. */
function checkVariables(document: DocumentNode): void {
  for (const definition of document.definitions) {
    if (definition.kind !== "OperationDefinition") continue;
    for (const { variable, type, defaultValue } of definition.variableDefinitions ?? [])
      if (variable.name.value !== "id" || !/^ID!?$/.test(print(type)) || defaultValue !== undefined)
        refuse("The only variable is $id, the ID of the event's subject: write `query ($id: ID!) { node(id: $id) { id } }`.");
  }
}

/** Null for an empty text. @throws AppError INVALID_INPUT. */
export function readWebhookQuery(schema: GraphQLSchema, text: string | null | undefined): string | null {
  const query = text?.trim() ?? "";
  if (query === "") return null;
  if (query.length > maxQueryLength) refuse(`A query has at most ${maxQueryLength.toLocaleString("en")} characters.`);
  try {
    checkDocument(query);
    const document = parse(query, { maxTokens: limits.tokens });
    const [problem] = validate(schema, document, specifiedRules, { hideSuggestions: true });
    if (problem !== undefined) refuse(problem.message);
    const operations = document.definitions.filter((definition) => definition.kind === "OperationDefinition");
    if (operations.length !== 1 || operations[0]?.operation !== "query") refuse("Write one query, and no mutation or subscription.");
    checkVariables(document);
    const { cost } = measureOperation(schema, { document, operationName: null, variables: { id: "" } });
    if (cost > maxCost) refuse(`This query costs ${cost}; a webhook's may cost at most ${maxCost}. Request fewer fields or shorter lists.`);
    return query;
  } catch (error) {
    if (error instanceof GraphQLError) refuse(error.message);
    throw error;
  }
}
