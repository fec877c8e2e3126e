/** The entry point of every launcher command. Signals abort the command; an AppError prints its message, any other error its stack. */
import { AppError } from "@pareidolia/core/appError";
import { ignoreBrokenPipes } from "./terminal.ts";

/** EX_SOFTWARE of sysexits.h: an internal error, printed for programmers. */
const softwareError = 70;

/** Runs `work` and exits with its result. The first signal aborts it; each further signal of the same name calls `onRepeatedSignal`. */
export async function runEntry(
  work: (signal: AbortSignal) => Promise<number>,
  onRepeatedSignal: () => void = () => undefined,
): Promise<void> {
  ignoreBrokenPipes();
  const stop = new AbortController();
  const received = new Set<string>();
  // A terminal's SIGINT arrives a second time as a SIGTERM (`bootstrap.mjs`).
  const end = (isRepeated: boolean) => {
    if (isRepeated) onRepeatedSignal();
    stop.abort(new AppError("UNAVAILABLE", "Stopped."));
  };
  const onSignal = (signal: string) => {
    end(received.has(signal));
    received.add(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  if (process.channel !== undefined) {
    process.channel.unref();
    process.on("disconnect", () => end(stop.signal.aborted));
  }
  process.exit(await settle(work, stop.signal));
}

async function settle(work: (signal: AbortSignal) => Promise<number>, signal: AbortSignal): Promise<number> {
  try {
    return await work(signal);
  } catch (error) {
    if (signal.aborted) return 130;
    process.stderr.write(`\n${describe(error)}\n`);
    return error instanceof AppError ? 1 : softwareError;
  }
}

function describe(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
