/**
 * The API in a separate process, as `npm start` runs it, so that blocking, leaking or crashing does not affect the test.
 * It runs the compiled program, because Node strips types but not decorators; `npm test` compiles first.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createTestDatabase } from "./database.ts";

const main = fileURLToPath(new URL("../../apps/api/dist/main.js", import.meta.url));

export interface ApiProcess {
  readonly url: string;
  readonly databaseUrl: string;
  /** Its output, including the log. */
  readonly output: readonly string[];
  /** The signal or exit code, or null while it runs. */
  ending(): string | null;
  /** Resident memory in bytes. */
  memory(): number;
  /** CPU time so far. */
  processorSeconds(): number;
  /** Ends it at once, as a crash would; its database and data folder stay until `close`. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

function waitForUrl(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const take = (line: string): void => {
      output.push(line);
      const url = /"url":"(http:[^"]+)\/graphql"/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) createInterface({ input: stream }).on("line", take);
    child.once("exit", () => reject(new Error(`The API ended while starting:\n${output.join("\n")}`)));
  });
}

/** Starts the API with its own database and data folder, which `prepare` fills first. */
export async function startApiProcess(
  prepare: (databaseUrl: string, home: string) => Promise<void>,
  nodeFlags: readonly string[] = [],
): Promise<ApiProcess> {
  const { url: databaseUrl, drop } = await createTestDatabase();
  const home = mkdtempSync(path.join(tmpdir(), "pareidolia-api-process-"));
  await prepare(databaseUrl, home);
  const child = spawn(process.execPath, [...nodeFlags, main], {
    env: {
      PATH: process.env["PATH"],
      DATABASE_URL: databaseUrl,
      PAREIDOLIA_HOME: home,
      PAREIDOLIA_SINGLE_USER: "1",
      API_PORT: "0",
      NODE_ENV: "production",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let ending: string | null = null;
  const ended = new Promise<void>((resolve) =>
    child.once("exit", (code, signal) => {
      ending = signal ?? `code ${code}`;
      resolve();
    }),
  );
  const output: string[] = [];
  const url = await waitForUrl(child, output);
  const readProcess = (column: string): string =>
    execFileSync("ps", ["-o", `${column}=`, "-p", String(child.pid)], { encoding: "utf8" }).trim();
  const status = `/proc/${child.pid}/status`;
  // Tests read it every few milliseconds, and meanwhile a `ps` would block their own requests.
  const residentKilobytes = (): number =>
    Number(existsSync(status) ? (/^VmRSS:\s+(\d+)/m.exec(readFileSync(status, "utf8"))?.[1] ?? 0) : readProcess("rss"));
  return {
    url,
    databaseUrl,
    output,
    ending: () => ending,
    memory: () => residentKilobytes() * 1024,
    processorSeconds() {
      const [seconds = 0, minutes = 0, hours = 0] = readProcess("time").split(":").map(Number).toReversed();
      return seconds + 60 * minutes + 3_600 * hours;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async close() {
      child.kill("SIGTERM");
      await ended;
      rmSync(home, { recursive: true, force: true });
      await drop();
    },
  };
}
