/**
 * Refuses deeply nested variables before anything recurses into them: GraphQL, the parameters' schemas and JSON would overflow the stack.
 */
import { limits, tooComplex } from "./limits.ts";

/** @throws GraphQLError TOO_COMPLEX. */
export function checkVariableDepth(variables: Readonly<Record<string, unknown>>): void {
  let level: unknown[] = Object.values(variables);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.variableDepth)
      throw tooComplex(`The variables are nested more than ${limits.variableDepth} levels deep. Send flatter values.`);
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
}
