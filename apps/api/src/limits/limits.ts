/** Limits on what one operation may request and cost. Exceeding one fails with TOO_COMPLEX and a message that suggests a change. */
import { GraphQLError } from "graphql";

export const limits = {
  /** Characters of a document, with its comments. */
  documentLength: 20_000,
  /** Tokens in a document, without comments. With `comparisons`, bounds the time for parsing and validation. */
  tokens: 2_000,
  /** Pairs of fields that have selections and the same name: those that validation compares. */
  comparisons: 2_000,
  depth: 16,
  aliases: 60,
  /** Values in the response, estimated before execution. */
  cost: 100_000,
  /** Values in one list argument, unless the argument declares another `longest`. */
  listValues: 100,
  /** Nesting depth of lists and objects in a variable. */
  variableDepth: 32,
  /** Values in the response, counted during execution: lists may be longer than the estimate assumes. */
  values: 250_000,
  /** Length of the response in characters. */
  responseLength: 16_000_000,
  /** Database budget of an operation: number of statements, and seconds of database time in total. */
  database: { statements: 150, seconds: 15 },
  /** Time from the first field to the last. Longer than any statement timeout, so that a slow database is reported as such. */
  seconds: 20,
} as const;

export function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "TOO_COMPLEX", http: { status: 400 } } });
}
