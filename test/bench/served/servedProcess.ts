/** A server in a process of its own. Both sides of a ratio run on the first core, where the system can keep processes on one. */
import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ServedProcess {
  readonly origin: string;
  readonly pid: number;
  close(): Promise<void>;
}

const pattern = /(http:\/\/127\.0\.0\.1:\d+)/;

interface ServedOptions {
  readonly args?: readonly string[];
  /** Working folder; default: this process's. */
  readonly folder?: string;
  /** Whether it may run on every core; default: on the first only. */
  readonly onEveryCore?: boolean;
}

/** @param program prints its address. */
export async function startServed(
  program: string,
  environment: Readonly<Record<string, string>>,
  { args = [], folder, onEveryCore = false }: ServedOptions = {},
): Promise<ServedProcess> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...args], {
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...environment },
    ...(folder === undefined ? {} : { cwd: folder }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const output: string[] = [];
  const origin = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        output.push(line);
        const found = pattern.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    child.once("exit", () => reject(new Error(`${program} ended while starting:\n${output.join("\n")}`)));
  });
  const pid = child.pid as number;
  try {
    if (!onEveryCore) execFileSync("taskset", ["-acp", "0", String(pid)], { stdio: "ignore" });
  } catch {
    // Systems without taskset share the cores among all processes.
  }
  return {
    origin,
    pid,
    async close() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
