/** The text of the mutation that the form sends, with its values inline. */
import type { EvolutionInput } from "./useStartEvolution.ts";

/** A GraphQL literal: JSON, but with unquoted keys. */
function literal(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${literal(inner)}`)
    .join(", ")} }`;
}

export function startEvolutionQuery(experimentId: string, run: EvolutionInput): string {
  const lines = Object.entries({ experimentId: experimentId || "THE EXPERIMENT'S ID", ...run })
    .filter(([name, value]) => name !== "parameters" || Object.keys(value as object).length > 0)
    .map(([name, value]) => `    ${name}: ${literal(value)}`);
  return `mutation {\n  startEvolution(input: {\n${lines.join("\n")}\n  }) {\n    ... on StartEvolutionSuccess { run { id key state } }\n    ... on Error { code message }\n  }\n}`;
}
