/**
 * Answers the queries of webhooks before a worker sends their messages: as the member who wrote the query, with the limits of a request. A
 * worker waits a minute for the answer.
 */

import type { Database } from "@pareidolia/persistence/server/database/database";
import { StatementBudget, withStatementBudget } from "@pareidolia/persistence/server/database/statementBudget";
import { findPendingQueries, type PendingWebhookQuery, storeAnswer } from "@pareidolia/persistence/workspace/webhooks/webhookQueries";
import { execute, type FormattedExecutionResult, type GraphQLSchema, parse } from "graphql";
import type { Logger } from "pino";
import { createContext } from "../assembly/createContext.ts";
import type { Services } from "../assembly/nounModule.ts";
import { formatErrorWith } from "../errors/formatError.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { CostBuckets } from "../limits/costBuckets.ts";
import { findResponseError } from "../limits/findResponseError.ts";
import { limits } from "../limits/limits.ts";
import { measureOperation } from "../limits/measureOperation.ts";

export interface AnswerContext {
  readonly database: Database;
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly logger: Logger;
  /** Null without a limit. */
  readonly costBuckets: CostBuckets | null;
}

const mostAtOnce = 10;
/** Characters of JSON. Receivers limit the length of a message. */
const maxAnswerLength = 100_000;
const pauseMilliseconds = 1_000;

function failed(code: string, message: string): FormattedExecutionResult {
  return { errors: [{ message, extensions: { code } }] };
}

function subjectOf({ facts: { run, experiment, sweep, study } }: PendingWebhookQuery): string | null {
  if (run != null) return encodeGlobalId("Run", run);
  if (experiment != null) return encodeGlobalId("Experiment", experiment);
  if (sweep != null) return encodeGlobalId("Sweep", sweep);
  return study == null ? null : encodeGlobalId("Study", study);
}

async function answer(question: PendingWebhookQuery, context: AnswerContext): Promise<FormattedExecutionResult> {
  const { schema, services, logger, costBuckets } = context;
  const { workspaceId, userId, role, query } = question;
  if (userId === null || role === null)
    return failed("FORBIDDEN", "The member who wrote the query no longer has access. Another member must save the query again.");
  const id = subjectOf(question);
  const document = parse(query, { maxTokens: limits.tokens });
  if (id === null && /\$id\b/.test(query)) return failed("NOT_FOUND", "This event has no subject, so the query has no $id.");
  const actor = { userId, workspaceId, role };
  const { cost } = measureOperation(schema, { document, operationName: null, variables: { id: id ?? "" } });
  if ((await costBuckets?.charge(actor, cost))?.accepted === false)
    return failed("RATE_LIMITED", "The operations of the member who wrote the query have reached their cost limit.");
  const contextValue = createContext(actor, services);
  const format = formatErrorWith(logger);
  try {
    const run = async () => execute({ schema, document, variableValues: { id }, contextValue });
    const result = await withStatementBudget(new StatementBudget(limits.database), run);
    const limitError = findResponseError(contextValue.meter, result);
    const errors = limitError === null ? result.errors : [limitError];
    const masked = errors === undefined ? {} : { errors: errors.map((error) => format(error.toJSON(), error)) };
    return { ...masked, ...(limitError === null ? { data: result.data ?? null } : { data: null }) };
  } finally {
    contextValue.meter.end();
  }
}

/** Returns the number of queries that were answered. */
export async function answerQueries(context: AnswerContext): Promise<number> {
  const { connection } = context.database;
  const questions = await findPendingQueries(connection, mostAtOnce);
  for (const question of questions) {
    const text = JSON.stringify(await answer(question, context));
    const tooLong = failed("TOO_COMPLEX", `The answer has ${text.length} characters; at most ${maxAnswerLength} are sent. Request less.`);
    await storeAnswer(connection, question.deliveryId, text.length > maxAnswerLength ? JSON.stringify(tooLong) : text);
  }
  return questions.length;
}

/** Looks for queries every second. Returns a function that ends it. */
export function startAnswering(context: AnswerContext): () => Promise<void> {
  let closed = false;
  let answering: Promise<unknown> | null = null;
  const answerAll = async (): Promise<void> => {
    while (!closed && (await answerQueries(context)) > 0);
  };
  const timer = setInterval(() => {
    answering ??= answerAll()
      .catch((error: unknown) =>
        context.logger.warn({ err: error }, "The queries of webhooks could not be answered. They will be retried."),
      )
      .finally(() => {
        answering = null;
      });
  }, pauseMilliseconds);
  return async () => {
    closed = true;
    clearInterval(timer);
    await answering;
  };
}
