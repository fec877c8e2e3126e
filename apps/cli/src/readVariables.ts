/** Variables of a GraphQL document, as the command line gives them. */
import { readFile } from "node:fs/promises";
import { CliError } from "./failure.ts";

/** JSON, or `@` and the name of a file with it. */
export async function readVariables(text: string | undefined): Promise<Record<string, unknown>> {
  if (text === undefined) return {};
  const source = text.startsWith("@") ? await readFile(text.slice(1), "utf8") : text;
  try {
    const value: unknown = JSON.parse(source);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The sentence below says what to write.
  }
  throw new CliError("usage", `--variables is not a JSON object. Write it like '{"id":"RUN-142"}', or @FILE.`);
}
