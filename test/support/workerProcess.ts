/** Real worker processes on a test's database, for tests that kill, freeze or disconnect them. */
import { type ChildProcess, spawn } from "node:child_process";
import { workerProgram } from "./programs.ts";

export interface WorkerProcess {
  readonly child: ChildProcess;
  /** The exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
}

export interface WorkerProcesses {
  start(environment?: Readonly<Record<string, string>>): WorkerProcess;
  killAll(): void;
}

/** Workers with frequent checkpoints and leases of two seconds, so that tests wait only briefly for both. */
export function workerProcesses(settings: { readonly databaseUrl: string; readonly home: string }): WorkerProcesses {
  const children = new Set<ChildProcess>();
  return {
    start(environment = {}) {
      const child = spawn(process.execPath, workerProgram("main"), {
        env: {
          PATH: process.env["PATH"],
          DATABASE_URL: settings.databaseUrl,
          PAREIDOLIA_HOME: settings.home,
          PAREIDOLIA_CHECKPOINT_SECONDS: "0.1",
          PAREIDOLIA_LEASE_SECONDS: "2",
          PAREIDOLIA_THREADS: "1",
          LOG_LEVEL: "warn",
          ...environment,
        },
        stdio: ["ignore", "ignore", "inherit"],
      });
      children.add(child);
      const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
      void ended.then(() => children.delete(child));
      return { child, ended };
    },
    killAll() {
      for (const child of children) child.kill("SIGKILL");
    },
  };
}
