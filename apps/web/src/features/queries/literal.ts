/** Values as GraphQL writes them, for the queries that pages show. */

/** JSON, but with unquoted names. Enum values are no part of it. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const parts = Object.entries(value).map(([name, inner]) => `${name}: ${literal(inner)}`);
  return `{ ${parts.join(", ")} }`;
}

/** The fields of an input, each with its name; null ones are left out. */
export function givenFields(input: object): readonly string[] {
  return Object.entries(input).flatMap(([name, value]) => (value == null ? [] : [`${name}: ${literal(value)}`]));
}
