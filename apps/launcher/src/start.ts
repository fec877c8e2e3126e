/** `npm start`: builds and starts the system, prints its URL, and supervises it until stopped. */
import { createServer } from "node:net";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { startDemoRuns } from "./demoRuns.ts";
import { openHomeFolder } from "./home/homeFolder.ts";
import { takeInstanceLock } from "./home/instanceLock.ts";
import { keepOperations } from "./home/keptOperations.ts";
import { readSessionSecret } from "./home/sessionSecret.ts";
import { prepareEmbeddedPostgres } from "./postgres/embeddedPostgres.ts";
import { persistedOperationsFile, prepareBuild } from "./prepare/prepareBuild.ts";
import { openLog } from "./processes/log.ts";
import { findFreePort } from "./processes/readiness.ts";
import { runCommand } from "./processes/runCommand.ts";
import { Supervisor } from "./processes/supervisor.ts";
import { runEntry } from "./runEntry.ts";
import { describeServices } from "./services.ts";
import { readSettings, type Settings } from "./settings.ts";
import { isHelpRequested, startHelp } from "./startHelp.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

const terminal = openTerminal(process.stdout);
const supervisor = new Supervisor(terminal.say);

await runEntry(start, () => supervisor.endGracePeriods());

async function start(signal: AbortSignal): Promise<number> {
  if (isHelpRequested(process.argv.slice(2))) {
    terminal.say(startHelp);
    return 0;
  }
  const began = performance.now();
  const settings = readSettings(process.env);
  const { url } = settings;
  await openHomeFolder(settings.home);
  const release = takeInstanceLock(settings.home, url);
  try {
    await requireFreePort(settings.port, "PORT");
    if (settings.apiPort !== null) await requireFreePort(settings.apiPort, "API_PORT");
    const logFolder = path.join(settings.home, "logs");
    await prepareBuild({ root: settings.root, logFolder, terminal, signal, web: true });
    const ownerLink = await startSystem(settings, signal);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    terminal.say(`\nPareidolia is ready after ${seconds} s:\n\n    ${url}\n`);
    if (ownerLink !== null) terminal.say(`Create the owner account with this link. It works once, within an hour:\n\n    ${ownerLink}\n`);
    terminal.say(`Data: ${settings.home}   Logs: ${logFolder}   Stop: Ctrl-C`);
    await aborted(signal);
    return 0;
  } finally {
    await stopSystem(signal.aborted, terminal);
    release();
  }
}

/** Returns the link that creates the first owner; null in single-user mode, and once an owner can sign in. */
async function startSystem(settings: Settings, signal: AbortSignal): Promise<string | null> {
  const open = (name: string) =>
    openLog(path.join(settings.home, "logs"), name, (error) => terminal.say(`! ${explainLogFailure(settings.home, name, error)}`));
  signal.addEventListener("abort", () => void supervisor.stop(), { once: true });
  const { databaseUrl, ownerUrl } =
    settings.databaseUrl === null
      ? await terminal.step("Start PostgreSQL", () => startPostgres(settings.home, open("postgres")))
      : { databaseUrl: settings.databaseUrl, ownerUrl: settings.databaseOwnerUrl ?? settings.databaseUrl };
  const secret = await readSessionSecret(settings.home, process.env["PAREIDOLIA_SECRET"]);
  const services = describeServices({
    settings,
    databaseUrl,
    apiPort: settings.apiPort ?? (await findFreePort()),
    secret,
    operations: await keepOperations(settings.home, path.join(settings.root, persistedOperationsFile)),
    openLog: open,
  });
  await terminal.step("Update the database", () =>
    runCommand({
      title: "Updating the database",
      script: path.join(import.meta.dirname, "setUpDatabase.ts"),
      cwd: settings.root,
      env: { ...services.api.env, DATABASE_OWNER_URL: ownerUrl },
      signal,
      printsError: true,
      onLine: open("database"),
    }),
  );
  if (["S3_ENDPOINT", "S3_ACCESS_KEY", "S3_SECRET_KEY"].some((name) => (process.env[name] ?? "") !== ""))
    await terminal.step("Connect to the object store", () =>
      runCommand({
        title: "Connecting to the object store",
        script: path.join(import.meta.dirname, "reachObjectStore.ts"),
        cwd: settings.root,
        env: services.api.env,
        signal,
        printsError: true,
        onLine: open("database"),
      }),
    );
  for (const service of [services.api, services.web, services.worker])
    await terminal.step(`Start the ${service.name}`, () => supervisor.start(service));
  if (!settings.singleUser) return issueOwnerLink(settings, services.web.env, signal);
  if (!settings.demo) return null;
  const apiUrl = services.api.env["API_URL"] ?? "";
  const runs = await startDemoRuns(apiUrl);
  if (runs > 0) terminal.say(`✓ Started ${runs} demo runs`);
  return null;
}

/** The link is printed on the terminal only, and is in no log. */
async function issueOwnerLink({ root }: Settings, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string | null> {
  let link: string | null = null;
  await runCommand({
    title: "Creating the link of the owner account",
    script: path.join(import.meta.dirname, "printOwnerLink.ts"),
    cwd: root,
    env,
    signal,
    printsError: true,
    onLine: (line) => {
      if (line.startsWith("http")) link = line;
    },
  });
  return link;
}

async function startPostgres(home: string, log: (line: string) => void): Promise<{ databaseUrl: string; ownerUrl: string }> {
  const { url, applicationUrl, service } = await prepareEmbeddedPostgres(home, log);
  await supervisor.start(service);
  return { databaseUrl: applicationUrl, ownerUrl: url };
}

async function stopSystem(verbose: boolean, { say }: Terminal): Promise<void> {
  const began = performance.now();
  if (verbose) say("\nStopping. Runs resume from their last checkpoint at the next start.");
  await supervisor.stop();
  if (verbose) say(`Stopped after ${((performance.now() - began) / 1000).toFixed(1)} s.`);
}

function explainLogFailure(home: string, name: string, error: NodeJS.ErrnoException): string {
  if (error.code === "ENOSPC") return `The disk of ${home} is full. Free some space; runs wait and then continue.`;
  return `Cannot write the log of ${name}: ${error.message}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A pending promise does not keep the process alive. The children's pipes do; the timer is for a system without children.
    const keepAlive = setInterval(() => undefined, 60_000);
    const end = () => {
      clearInterval(keepAlive);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

function requireFreePort(port: number, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", (error: NodeJS.ErrnoException) =>
      reject(new AppError("CONFLICT", explainPort(port, name, error.code), { cause: error })),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}

function explainPort(port: number, name: string, code: string | undefined): string {
  if (code === "EACCES") return `Port ${port} requires root privileges. Choose a port above 1023: ${name}=${port + 3000} npm start`;
  return `Port ${port} is in use by another program. Choose another: ${name}=${port + 100} npm start`;
}
