/** The stages of `npm test`: runs each one and converts its report to cases. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { findProgram } from "../prepare/prepareBuild.ts";
import { startChild } from "../processes/child.ts";
import { type CaseResult, readJson, removeResult, resultFile, type StageResult, type TimedFile, writeStageResult } from "./stageResult.ts";

export interface StageContext {
  readonly root: string;
  readonly signal: AbortSignal;
  /** For a stage that runs beside one that measures times or waits. */
  readonly yieldsToOthers?: boolean;
  /** Runs all cases of the tests of which `npm test` runs a sample, and no others. */
  readonly isFull?: boolean;
  /** Resolves once no stage runs beside this one. */
  untilQuiet?(): Promise<void>;
  say(line: string): void;
}

export async function runCheckStage(context: StageContext): Promise<StageResult> {
  removeResult(context.root, "check");
  const ending = await run(context, "check", path.join(import.meta.dirname, "../check.ts"), [], {});
  return complete("check", ending, () => readJson(context.root, "check") as StageResult);
}

/** `project` is a project of vitest.config.ts; its tests that replace modules, in `project-isolated`, run with it. */
export async function runVitestStage(context: StageContext, project: string): Promise<StageResult> {
  const report = `vitest-${project}`;
  removeResult(context.root, report);
  const args = [
    "run",
    "--project",
    project,
    "--project",
    `${project}-isolated`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${resultFile(context.root, report)}`,
  ];
  const env = { PAREIDOLIA_TEST_COMPILED: "1" };
  const ending = await run(context, report, findProgram(context.root, ["vitest", "vitest.mjs"]), args, env);
  return save(
    context,
    complete(project, ending, () => readVitest(context.root, readJson(context.root, report) as VitestReport)),
  );
}

/** A system, and the projects of playwright.config.ts whose tests use it. */
interface PlaywrightSystem {
  readonly name: string;
  readonly projects: readonly string[];
  /** Number of tests that run at once. */
  readonly workers: number;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Lanes run side by side and take about equally long; the systems of a lane run one after another. No test uses the demo runs, which would
 * delay the first tests.
 */
const playwrightLanes: readonly (readonly PlaywrightSystem[])[] = [
  // Many of its runs compute until their test cancels them; one thread leaves a core to the browsers.
  [{ name: "together", projects: ["settings", "together"], workers: 2, settings: { PAREIDOLIA_DEMO: "off", PAREIDOLIA_THREADS: "1" } }],
  [
    // Its people sign in; the other systems have a single user. Its first owner starts the demo run.
    { name: "accounts", projects: ["accounts"], workers: 1, settings: { PAREIDOLIA_E2E_ACCOUNTS: "on", PAREIDOLIA_THREADS: "1" } },
    // One worker runs the projects in this order, and the undisturbed tests wait until the stage is quiet.
    { name: "alone", projects: ["alone", "undisturbed"], workers: 1, settings: { PAREIDOLIA_DEMO: "off" } },
  ],
];

const firstPort = 3290;

export async function runPlaywrightStage(context: StageContext, browser: string | null): Promise<StageResult> {
  const port = Number(process.env["PAREIDOLIA_E2E_PORT"] ?? firstPort);
  const results: StageResult[] = [];
  const quietFile = path.join(context.root, "test", "results", "e2e-quiet");
  rmSync(quietFile, { force: true });
  const runLane = async (lane: readonly PlaywrightSystem[], index: number): Promise<void> => {
    for (const system of lane) results.push(await runPlaywright(context, { system, browser, port: port + index, quietFile }));
  };
  const [together, ...others] = playwrightLanes.map(runLane);
  const announceQuiet = async (): Promise<void> => {
    try {
      await together;
      await context.untilQuiet?.();
    } finally {
      writeFileSync(quietFile, "");
    }
  };
  await Promise.all([announceQuiet(), ...others]);
  rmSync(quietFile, { force: true });
  return save(context, joinResults("e2e", results));
}

interface PlaywrightRun {
  readonly system: PlaywrightSystem;
  readonly browser: string | null;
  readonly port: number;
  /** Exists once nothing runs beside the undisturbed tests. */
  readonly quietFile: string;
}

/** The processor time is unknown if it is of a part. */
function joinResults(stage: string, results: readonly StageResult[]): StageResult {
  const times = results.map(({ processorSeconds }) => processorSeconds ?? null);
  return {
    stage,
    cases: results.flatMap(({ cases }) => cases),
    processorSeconds: times.includes(null) ? null : times.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0),
    files: results.flatMap(({ files = [] }) => files),
  };
}

async function runPlaywright(context: StageContext, { system, browser, port, quietFile }: PlaywrightRun): Promise<StageResult> {
  const { name, projects, workers, settings } = system;
  const report = `playwright-${name}`;
  removeResult(context.root, report);
  const results = path.join(context.root, "test", "results");
  const home = path.join(results, `e2e-home-${name}`);
  const env = {
    ...settings,
    PAREIDOLIA_E2E_HOME: home,
    PAREIDOLIA_E2E_PORT: String(port),
    PAREIDOLIA_E2E_QUIET: quietFile,
    PLAYWRIGHT_JSON_OUTPUT_NAME: resultFile(context.root, report),
    ...(browser === null ? {} : { PAREIDOLIA_CHROMIUM: browser }),
  };
  rmSync(home, { recursive: true, force: true });
  const chosen = projects.flatMap((project) => ["--project", project]);
  const args = ["test", ...chosen, "--workers", String(workers), "--output", path.join(results, `e2e-${name}`)];
  const say = (line: string) => context.say(`${name.padEnd(9)} ${line}`);
  const ending = await run({ ...context, say }, report, findProgram(context.root, ["@playwright/test", "cli.js"]), args, env);
  const result = complete(`e2e ${name}`, ending, () => readPlaywright(readJson(context.root, report) as PlaywrightReport));
  if (result.cases.every(({ passed }) => passed)) rmSync(home, { recursive: true, force: true });
  else context.say(`Logs of this run: ${path.join(home, "logs")}`);
  return result;
}

interface StageEnding {
  readonly code: number;
  readonly processorSeconds: number | null;
}

/** `report` names the file of its processor time. */
async function run(
  context: StageContext,
  report: string,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<StageEnding> {
  context.signal.throwIfAborted();
  const processorTimeFile = path.join(context.root, "test", "results", `${report}.processor`);
  rmSync(processorTimeFile, { force: true });
  const child = startChild({
    script,
    args,
    cwd: context.root,
    env: { ...process.env, ...env, PAREIDOLIA_TEST_FULL: context.isFull === true ? "1" : "" },
    processorTimeFile,
    // A stage that tests the compiled packages must not read the sources.
    nodeFlags: env["PAREIDOLIA_TEST_COMPILED"] === "1" ? [] : ["--conditions=source"],
    yieldsToOthers: context.yieldsToOthers === true,
    onLine: context.say,
  });
  const stop = () => child.signal("SIGTERM");
  context.signal.addEventListener("abort", stop, { once: true });
  const { code } = await child.ended;
  child.killGroup();
  await child.drained;
  context.signal.removeEventListener("abort", stop);
  context.signal.throwIfAborted();
  const processorSeconds = existsSync(processorTimeFile) ? Number(readFileSync(processorTimeFile, "utf8")) : null;
  return { code: code ?? 1, processorSeconds };
}

/** What the report of a program says. */
type Report = Pick<StageResult, "cases" | "files">;

/** Adds a failed case if no test ran, or if the program failed although every case passed. */
function complete(stage: string, { code, processorSeconds }: StageEnding, read: () => Report): StageResult {
  let report: Report;
  try {
    report = read();
  } catch (error) {
    return { stage, cases: [{ name: `${stage} wrote a report`, passed: false, message: `Exit code ${code}: ${String(error)}` }] };
  }
  const { cases, files = [] } = report;
  const result = { stage, processorSeconds, files };
  const ran = cases.filter(({ skipped }) => skipped !== true);
  if (ran.length === 0) return { ...result, cases: [...cases, { name: `${stage} ran at least one test`, passed: false }] };
  if (code !== 0 && ran.every(({ passed }) => passed))
    return { ...result, cases: [...cases, { name: `${stage} exited cleanly`, passed: false, message: `Exit code ${code}.` }] };
  return { ...result, cases };
}

function save({ root }: StageContext, result: StageResult): StageResult {
  writeStageResult(root, result);
  return result;
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    /** Milliseconds since 1970. */
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
      /** Why it was skipped, as test/support/absentFiles.ts says. */
      readonly meta?: { readonly reason?: string };
    }[];
  }[];
}

function readVitest(root: string, { testResults }: VitestReport): Report {
  const nameOf = (file: string): string => path.relative(path.join(root, "test"), file).replace(/(?:\.isolated)?\.test\.ts$/, "");
  const files = testResults.map(
    ({ name, startTime, endTime }): TimedFile => ({
      name: nameOf(name),
      seconds: (endTime - startTime) / 1000,
    }),
  );
  return { cases: readVitestCases(testResults), files };
}

function readVitestCases(testResults: VitestReport["testResults"]): CaseResult[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const cases = assertionResults.map(({ fullName, status: outcome, failureMessages, meta }) => ({
      name: fullName,
      passed: outcome !== "failed",
      skipped: outcome !== "passed" && outcome !== "failed",
      ...(outcome === "failed"
        ? { message: failureMessages?.join("\n") ?? "" }
        : meta?.reason === undefined
          ? {}
          : { message: meta.reason }),
    }));
    const brokenFile = status === "failed" && cases.every(({ passed }) => passed);
    return brokenFile ? [...cases, { name, passed: false, message: message ?? "The file failed outside its tests." }] : cases;
  });
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly { readonly title: string; readonly file: string; readonly tests: readonly PlaywrightTest[] }[];
}

interface PlaywrightTest {
  readonly status: string;
  /** `skip` with a reason, among others. */
  readonly annotations: readonly { readonly type: string; readonly description?: string }[];
  readonly results: readonly { readonly duration: number; readonly errors: readonly { readonly message?: string }[] }[];
}

interface PlaywrightReport extends PlaywrightSuite {
  readonly errors: readonly { readonly message?: string }[];
}

function readPlaywright(report: PlaywrightReport): Report {
  const errors = report.errors.map(({ message }) => ({ name: "Playwright itself", passed: false, message: message ?? "" }));
  const files = new Map<string, number>();
  for (const [file, milliseconds] of readDurations(report)) files.set(file, (files.get(file) ?? 0) + milliseconds / 1000);
  return {
    cases: [...readSuite(report), ...errors],
    files: [...files].map(([name, seconds]) => ({ name: name.replace(/\.spec\.ts$/, ""), seconds })),
  };
}

/** The milliseconds of each test, with its file. */
function readDurations({ suites = [], specs = [] }: PlaywrightSuite): (readonly [file: string, milliseconds: number])[] {
  const own = specs.flatMap(({ file, tests }) => tests.flatMap(({ results }) => results.map(({ duration }) => [file, duration] as const)));
  return [...suites.flatMap(readDurations), ...own];
}

function readSuite({ suites = [], specs = [] }: PlaywrightSuite): CaseResult[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ status, annotations, results }) => {
      const passed = status !== "unexpected" && status !== "flaky";
      const messages = results.flatMap(({ errors }) => errors.flatMap(({ message }) => message ?? []));
      const reason = annotations.find(({ type }) => type === "skip")?.description;
      return {
        name: `${file}: ${title}`,
        passed,
        skipped: status === "skipped",
        ...(passed
          ? status === "skipped" && reason !== undefined
            ? { message: reason }
            : {}
          : { message: stripVTControlCharacters(messages.join("\n")) }),
      };
    }),
  );
  return [...suites.flatMap(readSuite), ...own];
}
