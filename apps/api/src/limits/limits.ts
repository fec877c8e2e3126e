/** What one operation may ask for and cost. Whoever breaks a limit gets TOO_COMPLEX, with what to change. */
import { GraphQLError } from "graphql";

export const limits = {
  /** Words and signs of a document. It bounds how long parsing and validation take. */
  tokens: 2_000,
  depth: 16,
  aliases: 60,
  /** Values in the answer, estimated before anything runs. */
  cost: 100_000,
  /** Values in one list argument, unless the argument declares another `longest`. */
  listValues: 100,
  /** Lists and objects within each other in a variable. */
  variableDepth: 32,
  /** Values in the answer, counted while it is made: lists may be longer than the estimate assumes. */
  values: 250_000,
  /** The answer's text, in characters. */
  answerLength: 16_000_000,
  /** What an operation may ask of the database: how many statements, and how many seconds all of them may run together. */
  database: { statements: 150, seconds: 15 },
  /** From the first field to the last. Longer than any statement may take, so that a slow database is reported as such. */
  seconds: 20,
} as const;

export function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "TOO_COMPLEX", http: { status: 400 } } });
}
