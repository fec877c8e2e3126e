/**
 * A process for reading an untrusted file: without our environment variables, without permission to write, to read outside the program or
 * to start processes, with limits on time and memory, and killed with its process group. It reads the file from standard input, or from
 * descriptor 4 if it is too large for memory, and writes what it finds to descriptor 3.
 */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { AppError } from "@pareidolia/core/appError";
import { watchMemory } from "./memoryWatch.ts";

export type StopCode = "TOO_SLOW" | "TOO_LARGE" | "MISBEHAVED";

export interface GuardedOptions {
  /** Path of the entry point: JavaScript, or TypeScript when the sources run. */
  readonly program: string;
  readonly heapMegabytes: number;
  readonly limits: {
    readonly seconds: number;
    /** Resident memory. */
    readonly memoryBytes: number;
  };
  /** Written to standard input, one after the other. */
  readonly input: readonly (Uint8Array | Readable)[];
  /** Descriptor of a file that is open for reading. The process has it as descriptor 4; the caller closes its own. */
  readonly file?: number | undefined;
  /** Ends the process; `stopped` is then null. */
  readonly signal?: AbortSignal | undefined;
}

export interface GuardedEnding {
  /** Why it was stopped; null if it ended by itself or by the signal. */
  readonly stopped: StopCode | null;
  readonly peakBytes: number;
}

export interface GuardedProcess {
  /** What it writes. It waits while its output is not read. */
  readonly output: Readable;
  /** Resolves once the process has ended and its output is read. @throws AppError UNAVAILABLE if it cannot be started. */
  readonly ended: Promise<GuardedEnding>;
  stop(code: StopCode): void;
}

/** No variables of ours, such as addresses and passwords. With glibc, this setting returns large freed blocks to the system. */
const environment = { MALLOC_MMAP_THRESHOLD_: "131072" };

export function startGuardedProcess({ program, heapMegabytes, limits, input, file, signal }: GuardedOptions): GuardedProcess {
  const child = spawn(process.execPath, [...flagsFor(program, heapMegabytes), program], {
    cwd: "/",
    env: environment,
    detached: true,
    stdio: ["pipe", "ignore", "ignore", "pipe", ...(file === undefined ? [] : [file])],
  });
  let stopped: StopCode | null = null;
  const stop = (code: StopCode | null): void => {
    stopped ??= code;
    killGroup(child);
  };
  const ended = new Promise<GuardedEnding>((resolve, reject) => {
    const onAbort = (): void => stop(null);
    const timer = setTimeout(() => stop("TOO_SLOW"), limits.seconds * 1000);
    const memory = watchMemory(child.pid, limits.memoryBytes, () => stop("TOO_LARGE"));
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    const end = (): void => {
      clearTimeout(timer);
      memory.close();
      signal?.removeEventListener("abort", onAbort);
      killGroup(child);
    };
    child.on("error", (cause) => {
      end();
      reject(new AppError("UNAVAILABLE", "The inspection process could not be started. Try again in a moment.", { cause }));
    });
    child.on("close", () => {
      end();
      resolve({ stopped, peakBytes: memory.peakBytes });
    });
  });
  // Fails if the process ends before it has read everything; then `ended` says why.
  send(child, input).catch(() => undefined);
  return { output: child.stdio[3] as Readable, ended, stop };
}

function flagsFor(program: string, heapMegabytes: number): readonly string[] {
  return [
    `--max-old-space-size=${heapMegabytes}`,
    "--permission",
    "--allow-addons",
    "--allow-worker",
    `--allow-fs-read=${readableFolder()}`,
    "--disable-warning=ExperimentalWarning",
    "--disable-warning=SecurityWarning",
    ...(program.endsWith(".ts") ? ["--conditions=source"] : []),
  ];
}

/** The program and its libraries: the folder above the node_modules that contains the engine, which also contains our packages. */
function readableFolder(): string {
  const library = fileURLToPath(import.meta.resolve("onnxruntime-node"));
  return path.join(library.slice(0, library.indexOf(`${path.sep}node_modules${path.sep}`)), "*");
}

async function send({ stdin }: ChildProcess, parts: GuardedOptions["input"]): Promise<void> {
  if (stdin === null) return;
  await pipeline(async function* () {
    for (const part of parts) yield* part instanceof Uint8Array ? [part] : part;
  }, stdin);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Already ended.
  }
}
