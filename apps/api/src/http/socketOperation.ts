/** One operation on a WebSocket or as an event stream. It is parsed and measured like an HTTP request, and occupies a slot until it ends. */
import { setTimeout as sleep } from "node:timers/promises";
import { StatementBudget, withStatementBudget } from "@pareidolia/persistence/server/database/statementBudget";
import { isTransientError } from "@pareidolia/persistence/server/database/transientErrors";
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parse,
  specifiedRules,
  subscribe,
  validate,
} from "graphql";
import type { ApiContext } from "../context.ts";
import { pauseAfter } from "../limits/backgroundPace.ts";
import { chargeOperation } from "../limits/chargeOperation.ts";
import { checkDocument } from "../limits/checkDocument.ts";
import type { CostBuckets } from "../limits/costBuckets.ts";
import { limits } from "../limits/limits.ts";
import { measureOperation } from "../limits/measureOperation.ts";

/** As many as GraphQL reports over HTTP. */
const mostErrors = 50;

/** The same messages as over HTTP. */
function missingOperation(name: string | null): string {
  return name === null ? "Must provide operation name if query contains multiple operations." : `Unknown operation named "${name}".`;
}

interface Payload {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

export interface SocketOperation extends ExecutionArgs {
  readonly contextValue: ApiContext;
  readonly kind: OperationTypeNode;
  /** Charges an event of a subscription, and waits while its sender has used more than half of the limit. */
  readonly payForEvent: (signal: AbortSignal) => Promise<void>;
  /** Charges what the result cost beyond its estimate. */
  readonly settle: () => void;
  /** Releases the slot. */
  readonly release: () => void;
}

export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly contextValue: ApiContext;
  /** Null without a limit. */
  readonly costBuckets: CostBuckets | null;
  /** Takes a slot for an operation of this cost. */
  take(cost: number): () => void;
}

/** @throws GraphQLError with the code of the same error over HTTP. */
function parseDocument(query: string): DocumentNode {
  checkDocument(query);
  try {
    return parse(query, { maxTokens: limits.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { message, source, positions } = error;
    throw new GraphQLError(message, { source, positions, extensions: { code: "GRAPHQL_PARSE_FAILED" } });
  }
}

/** Call it once the operation is measured, so that no variable is nested too deeply. @returns the same errors as over HTTP. */
function checkVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const { errors = [] } = getVariableValues(schema, variableDefinitions, variables, { maxErrors: mostErrors });
  return errors.map(
    ({ message, nodes = null, originalError = null }) =>
      new GraphQLError(message, { nodes, originalError, extensions: { code: "BAD_USER_INPUT" } }),
  );
}

/**
 * A subscription is charged when it starts, and then for each event after the first.
 * @throws GraphQLError for a document that cannot be parsed, or that breaks a limit.
 */
export async function readOperation(
  payload: Payload,
  { schema, contextValue, costBuckets, take }: OperationOptions,
): Promise<SocketOperation | readonly GraphQLError[]> {
  const { query, operationName = null } = payload;
  const variables = payload.variables ?? {};
  const document = parseDocument(query);
  const errors = validate(schema, document, specifiedRules, { hideSuggestions: true });
  if (errors.length > 0) return errors;
  const operation = getOperationAST(document, operationName);
  if (operation == null)
    return [new GraphQLError(missingOperation(operationName), { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } })];
  const measured = measureOperation(schema, { document, operationName, variables });
  await chargeOperation(measured, contextValue, costBuckets);
  const mistakes = checkVariables(schema, operation, variables);
  if (mistakes.length > 0) return mistakes;
  const release = take(measured.cost);
  const payForEvent = async (signal: AbortSignal): Promise<void> => {
    for (let isPaid = false; costBuckets !== null && !isPaid; ) {
      const balance = await costBuckets.charge(contextValue.actor, measured.cost);
      const pause = pauseAfter(balance, measured.cost);
      if (pause > 0) await sleep(pause, undefined, { signal });
      isPaid = balance.accepted;
    }
  };
  const settle = (): void => {
    const extra = contextValue.meter.cost - measured.cost;
    if (extra > 0) costBuckets?.addSpent(contextValue.actor, extra);
  };
  const rest = { contextValue, kind: operation.operation, payForEvent, settle, release };
  return { schema, document, operationName, variableValues: variables, ...rest };
}

export async function executeOperation(args: ExecutionArgs): Promise<ExecutionResult> {
  const { contextValue, settle, release } = args as SocketOperation;
  try {
    return await withStatementBudget(new StatementBudget(limits.database), () => execute(args));
  } finally {
    contextValue.meter.end();
    settle();
    release();
  }
}

/**
 * Each event gets the full limits; the slot is held until the last event. An event is paid for before the next one is computed, so that
 * subscriptions to frequent changes cannot compute more than the sender may spend on requests.
 */
function holdSlot(
  events: AsyncGenerator<ExecutionResult, void, void>,
  { contextValue, payForEvent, settle, release }: SocketOperation,
): typeof events {
  const { meter } = contextValue;
  const ended = new AbortController();
  let sent = 0;
  /** Once the subscription has ended, or while the database does not answer, no event can be read either. */
  const rethrowUnexpected = (error: unknown): void => {
    if (!ended.signal.aborted && !isTransientError(error)) throw error;
  };
  const end = (): void => {
    ended.abort();
    meter.end();
    release();
  };
  const held: typeof events = {
    [Symbol.asyncIterator]: () => held,
    async next() {
      try {
        if (sent > 1) await payForEvent(ended.signal).catch(rethrowUnexpected);
        meter.renew();
        sent += 1;
        const result = await withStatementBudget(new StatementBudget(limits.database), () => events.next());
        settle();
        if (result.done === true) end();
        else meter.end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      end();
      return events.return();
    },
    async throw(error) {
      end();
      return events.throw(error);
    },
  };
  return held;
}

export async function subscribeOperation(args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
  const operation = args as SocketOperation;
  try {
    const events = await withStatementBudget(new StatementBudget(limits.database), () => subscribe(args));
    if (Symbol.asyncIterator in events) return holdSlot(events, operation);
    operation.release();
    return events;
  } catch (error) {
    operation.release();
    throw error;
  }
}
