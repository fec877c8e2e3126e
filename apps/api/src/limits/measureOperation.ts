/** Measures an operation before it is executed, and refuses one that exceeds a limit. */
import { type DocumentNode, type GraphQLObjectType, type GraphQLSchema, getOperationAST, type OperationDefinitionNode } from "graphql";
import { checkVariableDepth } from "./checkVariableDepth.ts";
import { operationCost } from "./costs.ts";
import { type Count, countAll, type Walk } from "./countCost.ts";
import { type Cheaper, type Costliest, findCheaper, findCostliest } from "./findCostliest.ts";
import { limits, tooComplex } from "./limits.ts";

export interface Operation {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Measured extends Readonly<Count> {
  /** The list to shorten so that the operation costs at most `allowed`; null without lists. */
  costliest(allowed: number): Costliest | null;
  /** The costliest field with a cheaper equivalent; null if none has one. */
  cheaper(): Cheaper | null;
}

const nothing: Measured = { depth: 0, aliases: 0, cost: 0, costOfRow: 0, once: 0, costliest: () => null, cheaper: () => null };

function measure(operation: OperationDefinitionNode, root: GraphQLObjectType, walk: Walk): Measured {
  const fields = countAll(operation.selectionSet, root, walk);
  const count = { ...fields, cost: fields.cost === 0 ? 0 : operationCost + fields.cost + fields.once };
  const measured = { selections: operation.selectionSet, root, walk };
  return { ...count, costliest: (allowed) => findCostliest(measured, { cost: count.cost, allowed }), cheaper: () => findCheaper(measured) };
}

/** Of a valid document; nothing if it has no such operation. @throws GraphQLError TOO_COMPLEX for deeply nested variables or a long list. */
export function countOperation(schema: GraphQLSchema, { document, operationName, variables }: Operation): Measured {
  checkVariableDepth(variables);
  const operation = getOperationAST(document, operationName);
  const root = operation == null ? null : schema.getRootType(operation.operation);
  if (operation == null || root == null) return nothing;
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === "FragmentDefinition" ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map((type) => type?.name ?? ""));
  return measure(operation, root, { schema, roots, fragments, variables, counted: new Map() });
}

/** Nested fragments can multiply a cost beyond anything readable. */
const maxNamed = 1e9;

/** What to change, for the message of a refusal. */
export function adviceOf(measured: Measured, allowed: number): string {
  const cheaper = measured.cheaper();
  const instead = cheaper === null ? "" : ` "${cheaper.path}" costs ${cheaper.cost} of it: "${cheaper.use}" says the same for less.`;
  const costliest = measured.costliest(allowed);
  if (costliest === null) return `Request fewer fields.${instead}`;
  const { path, first } = costliest;
  if (first === null) return `The rows of "${path}" cost most. Request fewer of their fields, and shorten the lists around them.${instead}`;
  return `The rows of "${path}" cost most: with \`first: ${first}\` it would fit.${instead}`;
}

/** As `countOperation`. @throws GraphQLError TOO_COMPLEX for an operation above a limit. */
export function measureOperation(schema: GraphQLSchema, operation: Operation): Measured {
  const measured = countOperation(schema, operation);
  const { depth, aliases, cost } = measured;
  if (depth > limits.depth) throw tooComplex(`This query is ${depth} levels deep; at most ${limits.depth} are allowed.`);
  if (aliases > limits.aliases) throw tooComplex(`This query has more than ${limits.aliases} aliases.`);
  if (cost > limits.cost)
    throw tooComplex(
      `This query costs ${cost > maxNamed ? `more than ${maxNamed}` : cost}; at most ${limits.cost} is allowed. ${adviceOf(measured, limits.cost)}`,
    );
  return measured;
}
