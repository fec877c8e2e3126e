/** Starts a Node process in its own process group. It ends with the launcher, and its output is delivered line by line. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

export interface ChildOptions {
  /** The program, a JavaScript or TypeScript file. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly nodeFlags?: readonly string[];
  /** Opens a channel for `send`. */
  readonly ipc?: boolean;
  /** Into which the child writes the processor seconds of itself and its own children as it exits, on Linux. */
  readonly processorTimeFile?: string;
  /** The child and its own children leave the processor to others that need it. */
  readonly yieldsToOthers?: boolean;
  onLine(line: string): void;
}

export interface Child {
  /** Resolves when the process has exited. */
  readonly ended: Promise<Ending>;
  /** Resolves after `ended`, once the last line has been delivered and no process of the group holds the output open. */
  readonly drained: Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Sends a message to a child with `ipc`. It is queued until the child listens. */
  send(message: string): void;
  killGroup(): void;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const endWithParent = path.join(import.meta.dirname, "endWithParent.ts");
const reportProcessorTime = path.join(import.meta.dirname, "reportProcessorTime.ts");

export function startChild(options: ChildOptions): Child {
  const { processorTimeFile } = options;
  const timed = processorTimeFile === undefined ? [] : ["--import", reportProcessorTime];
  const flags = ["--disable-warning=ExperimentalWarning", "--import", endWithParent, ...timed, ...(options.nodeFlags ?? [])];
  const child = spawn(process.execPath, [...flags, options.script, ...(options.args ?? [])], {
    cwd: options.cwd,
    env: {
      ...options.env,
      PAREIDOLIA_LAUNCHER: String(process.pid),
      ...(processorTimeFile === undefined ? {} : { PAREIDOLIA_PROCESSOR_TIME: processorTimeFile }),
    },
    detached: true,
    stdio: options.ipc === true ? ["pipe", "pipe", "pipe", "ipc"] : ["pipe", "pipe", "pipe"],
  });
  if (options.yieldsToOthers === true && child.pid !== undefined) yieldToOthers(child.pid);
  child.stdin?.on("error", () => undefined);
  for (const input of [child.stdout, child.stderr]) if (input !== null) createInterface({ input }).on("line", options.onLine);
  const ended = new Promise<Ending>((resolve) => {
    child.on("error", (error) => {
      options.onLine(error.message);
      resolve({ code: 127, signal: null });
    });
    child.on("exit", (code, signal) => resolve({ code, signal }));
  });
  const drained = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return {
    ended,
    drained,
    signal: (signal) => void child.kill(signal),
    // Without the callback, `send` throws if the child has just ended.
    send: (message) => void child.send(message, () => undefined),
    killGroup: () => killGroup(child),
  };
}

/**
 * Linux gives each session the same share (sched_autogroup), and a detached child has a session of its own: without the second call, its
 * priority would count only among its own threads.
 */
function yieldToOthers(pid: number): void {
  const priority = constants.priority.PRIORITY_BELOW_NORMAL;
  try {
    setPriority(pid, priority);
    writeFileSync(`/proc/${pid}/autogroup`, String(priority));
  } catch {
    // The child has ended, or the system has no such groups.
  }
}

/** Also kills the processes that the child started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

export function describeEnding({ code, signal }: Ending): string {
  return signal === null ? `code ${code}` : signal;
}
