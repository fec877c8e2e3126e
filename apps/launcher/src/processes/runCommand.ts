/** Runs one program to its end. Its output goes to a log; when it fails, the last lines come with the error. */
import { AppError } from "@pareidolia/core/appError";
import { type ChildOptions, describeEnding, startChild } from "./child.ts";

export interface CommandOptions extends Omit<ChildOptions, "onLine"> {
  readonly title: string;
  readonly signal?: AbortSignal;
  /** A program of ours, whose last words before it ends with code 1 are a sentence that needs no introduction. */
  readonly speaks?: boolean;
  onLine?(line: string): void;
}

const linesKept = 30;

export async function runCommand(options: CommandOptions): Promise<void> {
  const lines: string[] = [];
  options.signal?.throwIfAborted();
  const child = startChild({
    ...options,
    onLine(line) {
      lines.push(line);
      if (lines.length > linesKept) lines.shift();
      options.onLine?.(line);
    },
  });
  options.signal?.addEventListener("abort", child.killGroup, { once: true });
  const ending = await child.ended;
  options.signal?.removeEventListener("abort", child.killGroup);
  child.killGroup();
  await child.drained;
  options.signal?.throwIfAborted();
  if (ending.code === 1 && options.speaks === true) throw new AppError("UNAVAILABLE", lines.at(-1) ?? `${options.title} failed.`);
  if (ending.code !== 0) throw new AppError("INTERNAL", explain(options.title, describeEnding(ending), lines));
}

function explain(title: string, ending: string, lines: readonly string[]): string {
  const said = lines.join("\n");
  if (/ENOSPC|No space left on device/.test(said)) return `${title} failed: the disk is full. Free some space and start again.`;
  return `${title} failed (${ending}). It said:\n${said}`;
}
