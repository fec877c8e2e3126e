/**
 * `npm run audit`: verifies the audit log of every workspace and names the first broken link. Then it starts a system in a scratch folder and
 * checks who gets in where: Z1, the matrix of every field and actor, and, with `--full`, Z2, which removes each guard in turn. It prints the
 * rows of the API, too; those that nothing measures are printed as such. `--head` only prints the latest entry of each log.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { type AuditHeadLine, printHeads } from "./audit/heads.ts";
import { type Measuring, measure } from "./audit/measure.ts";
import { type AuditRow, printRows } from "./audit/rows.ts";
import { findDatabase } from "./postgres/findDatabase.ts";
import { environmentOf } from "./postgres/runOnDatabase.ts";
import { prepareBuild } from "./prepare/prepareBuild.ts";
import { startChild } from "./processes/child.ts";
import { Supervisor } from "./processes/supervisor.ts";
import { runEntry } from "./runEntry.ts";
import { readSettings, type Settings } from "./settings.ts";
import { findBrowser } from "./stages/browser.ts";
import { runPlaywrightStage, runVitestStage, type StageContext } from "./stages/testStages.ts";
import { openTerminal } from "./terminal.ts";

const usage = `npm run audit                 verify the audit log of every workspace, and check every field for every kind of user
npm run audit -- --full       also check that no guard can be removed and no statistic of votes changed unnoticed, simulate every interval,
                              send random documents, and run in full the tests of which npm test runs a sample
npm run audit -- --head       print the latest entry of each log, to be noted outside of this machine
npm run audit -- --noted NUMBER:HASH
                              also check that a log still has the entry that was noted, for example in an e-mail
npm run audit -- --json       print one JSON object and nothing else`;

const notedHead = /^[1-9]\d{0,8}:[0-9a-f]{64}$/;

interface Options {
  readonly full: boolean;
  readonly json: boolean;
  readonly head: boolean;
  readonly help: boolean;
  readonly noted: string | null;
}

// Standard output belongs to the result.
const terminal = openTerminal(process.stderr);
const supervisor = new Supervisor(terminal.say);

function readOptions(): Options {
  try {
    const boolean = { type: "boolean" } as const;
    const { values } = parseArgs({
      options: { full: boolean, json: boolean, head: boolean, noted: { type: "string" }, help: { ...boolean, short: "h" } },
    });
    const { full = false, json = false, head = false, help = false, noted = null } = values;
    if (noted === null || notedHead.test(noted)) return { full, json, head, help, noted };
  } catch {
    // The text below says what is allowed.
  }
  throw new AppError("INVALID_INPUT", `Unknown option.\n\n${usage}`);
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

/** What `verifyLogs.ts` writes with these arguments. */
async function readLogs<Row>(settings: Settings, signal: AbortSignal, databaseUrl: string, args: readonly string[]): Promise<Row[]> {
  const lines: string[] = [];
  const script = path.join(settings.root, "apps/launcher/src/audit/verifyLogs.ts");
  const env = await environmentOf(settings, databaseUrl);
  const code = await run(settings, signal, { script, args, env, onLine: (line) => lines.push(line) });
  const json = lines.find((line) => line.startsWith("["));
  if (code !== 0 || json === undefined) throw new AppError("UNAVAILABLE", `The audit logs could not be read.\n${lines.join("\n")}`);
  return JSON.parse(json) as Row[];
}

await runEntry(async (signal) => {
  const { full, json, head, noted, help } = readOptions();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const settings = readSettings(process.env);
  const { root, home } = settings;
  await prepareBuild({ root, logFolder: path.join(home, "logs"), terminal, signal, web: !head });
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    const databaseUrl = await findDatabase(settings, supervisor);
    if (databaseUrl === null) terminal.say("There is no database yet, so there is no audit log to verify.");
    const read = async <Row>(args: readonly string[]): Promise<Row[]> =>
      databaseUrl === null ? [] : readLogs<Row>(settings, signal, databaseUrl, args);
    if (head) {
      const heads = await read<AuditHeadLine>(["--head"]);
      if (json) write(JSON.stringify({ heads }));
      else printHeads(heads, write);
      return 0;
    }
    const rows = await read<AuditRow>(noted === null ? [] : ["--noted", noted]);
    const context: StageContext = { root, signal, say: terminal.say, isFull: true };
    const measuring: Measuring = {
      run: (check) => run(settings, signal, { ...check, onLine: terminal.say }),
      runStage: async (stage) =>
        stage === "e2e" ? runPlaywrightStage(context, await findBrowser(root, signal, terminal.say)) : runVitestStage(context, stage),
    };
    rows.push(...(await measure(root, full, measuring)));
    const holds = rows.every((row) => row.holds !== false);
    if (json) write(JSON.stringify({ rows, holds }));
    else printRows(rows, write);
    return holds ? 0 : 1;
  } finally {
    await supervisor.stop();
  }
});
