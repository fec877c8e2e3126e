/** Runs a program until it exits. Its output goes to a log; if it fails, the error contains the last lines. */
import { AppError } from "@pareidolia/core/appError";
import { type ChildOptions, describeEnding, startChild } from "./child.ts";

export interface CommandOptions extends Omit<ChildOptions, "onLine"> {
  readonly title: string;
  readonly signal?: AbortSignal;
  /** The program's last line before exit code 1 is the whole error message. */
  readonly printsError?: boolean;
  onLine?(line: string): void;
}

const maximumLines = 30;

export async function runCommand(options: CommandOptions): Promise<void> {
  const lines: string[] = [];
  options.signal?.throwIfAborted();
  const child = startChild({
    ...options,
    onLine(line) {
      lines.push(line);
      if (lines.length > maximumLines) lines.shift();
      options.onLine?.(line);
    },
  });
  options.signal?.addEventListener("abort", child.killGroup, { once: true });
  const ending = await child.ended;
  options.signal?.removeEventListener("abort", child.killGroup);
  child.killGroup();
  await child.drained;
  options.signal?.throwIfAborted();
  if (ending.code === 1 && options.printsError === true) throw new AppError("UNAVAILABLE", lines.at(-1) ?? `${options.title} failed.`);
  if (ending.code !== 0) throw new AppError("INTERNAL", explain(options.title, describeEnding(ending), lines));
}

function explain(title: string, ending: string, lines: readonly string[]): string {
  const output = lines.join("\n");
  if (/ENOSPC|No space left on device/.test(output)) return `${title} failed: the disk is full. Free some space and start again.`;
  return `${title} failed (${ending}). Its output:\n${output}`;
}
