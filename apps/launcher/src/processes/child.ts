/** One Node process of the launcher's: leader of its own group, ended with us, its output line by line. */
import { type ChildProcess, spawn } from "node:child_process";
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
  onLine(line: string): void;
}

export interface Child {
  /** Settles when the process has ended, with what to say about it. */
  readonly ended: Promise<Ending>;
  /** Settles when its last line has been delivered; after `ended`, and only once nobody of its group holds its output. */
  readonly drained: Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Sends a message to a child that has a channel; the child reads it once it listens. */
  send(message: string): void;
  killGroup(): void;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const endWithParent = path.join(import.meta.dirname, "endWithParent.ts");

export function startChild(options: ChildOptions): Child {
  const flags = ["--disable-warning=ExperimentalWarning", "--import", endWithParent, ...(options.nodeFlags ?? [])];
  const child = spawn(process.execPath, [...flags, options.script, ...(options.args ?? [])], {
    cwd: options.cwd,
    env: { ...options.env, PAREIDOLIA_LAUNCHER: String(process.pid) },
    detached: true,
    stdio: options.ipc === true ? ["pipe", "pipe", "pipe", "ipc"] : ["pipe", "pipe", "pipe"],
  });
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
    // Without the callback a child that just ended would make this throw.
    send: (message) => void child.send(message, () => undefined),
    killGroup: () => killGroup(child),
  };
}

/** Whatever the process started and left behind goes too. */
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
