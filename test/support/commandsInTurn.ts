/**
 * Runs commands one after another in one process, for tests of arguments that commands refuse: loading the laboratory's modules takes most
 * of a refusal's time. Usage: commandsInTurn.ts ENTRY JSON, with a list of lists of arguments. Prints a list of CommandResult as JSON.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";

/** What a command of its own process would have left. */
export interface CommandResult {
  readonly code: number | string;
  readonly output: string;
  readonly errors: string;
}

const [entry = "", listed = "[]"] = process.argv.slice(2);
const address = pathToFileURL(path.resolve(entry)).href;
const [node = ""] = process.argv;
const results: CommandResult[] = [];
const print = process.stdout.write.bind(process.stdout);

for (const [place, args] of (JSON.parse(listed) as readonly (readonly string[])[]).entries()) {
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    process[name].write = (chunk: string | Uint8Array): boolean => {
      written[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      return true;
    };
  process.argv = [node, entry, ...args];
  process.exitCode = 0;
  // Its modules stay loaded, and the command itself runs again for each address.
  await import(`${address}?${place}`);
  results.push({ code: process.exitCode, output: written.stdout, errors: written.stderr });
}
process.exitCode = 0;
print(JSON.stringify(results));
