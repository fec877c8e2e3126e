/**
 * `npm run audit`: verifies the audit log of every workspace and names the first broken link. Then it starts a system in a scratch folder and
 * checks who gets in where: Z1, the matrix of every field and actor, and, with `--full`, Z2, which removes each guard in turn. It prints the
 * rows of the API, too; those that nothing measures are printed as such.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { measure } from "./audit/measure.ts";
import { type AuditRow, printRows } from "./audit/rows.ts";
import { findDatabase } from "./postgres/findDatabase.ts";
import { prepareBuild } from "./prepare/prepareBuild.ts";
import { startChild } from "./processes/child.ts";
import { Supervisor } from "./processes/supervisor.ts";
import { runEntry } from "./runEntry.ts";
import { readSettings, type Settings } from "./settings.ts";
import { openTerminal } from "./terminal.ts";

const usage = `npm run audit                 verify the audit log of every workspace, and check every field for every kind of user
npm run audit -- --full       also check that no guard can be removed and no statistic of votes changed unnoticed, simulate every interval,
                              and send random documents
npm run audit -- --json       print one JSON object and nothing else`;

// Standard output belongs to the result.
const terminal = openTerminal(process.stderr);
const supervisor = new Supervisor(terminal.say);

function readOptions(): { readonly full: boolean; readonly json: boolean; readonly help: boolean } {
  try {
    const { values } = parseArgs({
      options: { full: { type: "boolean" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    return { full: values.full === true, json: values.json === true, help: values.help === true };
  } catch {
    throw new AppError("INVALID_INPUT", `Unknown option.\n\n${usage}`);
  }
}

interface Run {
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
}

async function run({ root }: Settings, signal: AbortSignal, { script, args = [], env = {}, onLine }: Run): Promise<number> {
  signal.throwIfAborted();
  const child = startChild({ script, args, cwd: root, env: { ...process.env, ...env }, onLine });
  signal.addEventListener("abort", child.killGroup, { once: true });
  const { code } = await child.ended;
  await child.drained;
  signal.throwIfAborted();
  return code ?? 1;
}

async function verifyLogs(settings: Settings, signal: AbortSignal, databaseUrl: string): Promise<AuditRow[]> {
  const lines: string[] = [];
  const script = path.join(settings.root, "apps/launcher/src/audit/verifyLogs.ts");
  const code = await run(settings, signal, { script, env: { DATABASE_URL: databaseUrl }, onLine: (line) => lines.push(line) });
  const json = lines.find((line) => line.startsWith("["));
  if (code !== 0 || json === undefined) throw new AppError("UNAVAILABLE", `The audit logs could not be read.\n${lines.join("\n")}`);
  return JSON.parse(json) as AuditRow[];
}

await runEntry(async (signal) => {
  const { full, json, help } = readOptions();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const settings = readSettings(process.env);
  const { root, home } = settings;
  await prepareBuild({ root, logFolder: path.join(home, "logs"), terminal, signal, web: true });
  try {
    const databaseUrl = await findDatabase(settings, supervisor);
    if (databaseUrl === null) terminal.say("There is no database yet, so there is no audit log to verify.");
    const rows = databaseUrl === null ? [] : await verifyLogs(settings, signal, databaseUrl);
    rows.push(...(await measure(root, full, (check) => run(settings, signal, { ...check, onLine: terminal.say }))));
    const holds = rows.every((row) => row.holds !== false);
    if (json) process.stdout.write(`${JSON.stringify({ rows, holds })}\n`);
    else printRows(rows, (line) => process.stdout.write(`${line}\n`));
    return holds ? 0 : 1;
  } finally {
    await supervisor.stop();
  }
});
