/** The scalar of instants. Those of values without a fixed shape are in openValue/. */

import { GraphQLError, GraphQLScalarType } from "graphql";
import { GraphQLDateTimeISO } from "graphql-scalars";

const dateTime = GraphQLDateTimeISO.toConfig();
const earliest = new Date("0001-01-01T00:00:00Z");
const latest = new Date("9999-12-31T23:59:59.999Z");

/** Postgres has no year 0, and ISO 8601 writes other years with more than four digits. */
function requireCommonYear(instant: Date): Date {
  if (instant < earliest || instant > latest) throw new GraphQLError("DateTime must be in the years 0001 to 9999, in UTC.");
  return instant;
}

export const DateTimeScalar = new GraphQLScalarType({
  ...dateTime,
  parseValue: (value) => requireCommonYear(dateTime.parseValue(value)),
  parseLiteral: (node, variables) => requireCommonYear(dateTime.parseLiteral(node, variables)),
  name: "DateTime",
  description: "An instant in UTC, as ISO 8601 text such as 2026-11-24T17:00:00.000Z.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
});
