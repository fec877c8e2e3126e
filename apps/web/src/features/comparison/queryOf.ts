/** The GraphQL query that loads a part of the comparison, for the button that shows it. */
import { type ComparedNumbers } from "./comparedRuns.ts";

export function queryOf(entries: readonly ComparedNumbers[], fields: string, generation: number | null | undefined = null): string {
  const inputs = entries.map((numbers) => `    { runIds: [${numbers.map((number) => `"RUN-${number}"`).join(", ")}] }`).join("\n");
  const at = generation == null ? "" : `\n    generation: ${generation}`;
  return `query {\n  runComparison(\n    entries: [\n${inputs.replaceAll(/^/gm, "  ")}\n    ]${at}\n  ) {\n    ${fields}\n  }\n}`;
}
