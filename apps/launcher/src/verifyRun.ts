/** `npm run verify -- RUN-142`: computes a run again, in a process of the workers on the database that is running or is started for it. */
import path from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { runOnDatabase } from "./postgres/runOnDatabase.ts";
import { prepareBuild } from "./prepare/prepareBuild.ts";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";
import { openTerminal } from "./terminal.ts";

/** Standard output has only the result. */
const terminal = openTerminal(process.stderr);

const usage = `npm run verify -- RUN-142 [--workspace HANDLE] [--json]

Computes a run again from its seed with its stored settings, and compares it with the stored results and the hash chain over them, step
by step. "Equal" means bit for bit, and is said only on the engine and the instruction set that computed the run; elsewhere, confidences
are compared within a stated tolerance. Nothing is changed.

  --workspace HANDLE   the workspace of the run, where several have one with this key
  --json               prints one JSON object and nothing else to standard output

Exit code 0: equal, or close elsewhere. 1: a step differs. 2: wrong arguments. 3: the run cannot be verified, with the reason.`;

/** The result of the process is on its standard output; here, lines of both of its streams arrive. */
function printLine(line: string, json: boolean): void {
  if (json && !line.startsWith("{")) terminal.say(line);
  else process.stdout.write(`${line}\n`);
}

function readArguments(): { readonly help: boolean; readonly json: boolean } {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { workspace: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    if (positionals.length !== 1) throw new Error("Name one run.");
    return { help: values.help ?? false, json: values.json ?? false };
  } catch (error) {
    throw new AppError("INVALID_INPUT", `${(error as Error).message}\n\n${usage}`);
  }
}

async function verify(signal: AbortSignal, json: boolean): Promise<number> {
  const settings = readSettings(process.env);
  const { root, home } = settings;
  await prepareBuild({ root, logFolder: path.join(home, "logs"), terminal, signal, web: false });
  return runOnDatabase(settings, {
    script: path.join(root, "workers/dist/verifyCommand.js"),
    args: process.argv.slice(2),
    cwd: root,
    say: (line) => printLine(line, json),
    signal,
  });
}

/** A refusal must not look like a difference, whose exit code is 1. */
async function refuseWith(exitCode: number, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    return exitCode;
  }
}

await runEntry((signal) =>
  refuseWith(2, async () => {
    const { help, json } = readArguments();
    if (!help) return refuseWith(3, () => verify(signal, json));
    process.stdout.write(`${usage}\n`);
    return 0;
  }),
);
