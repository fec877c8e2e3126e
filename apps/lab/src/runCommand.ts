/** Runs a command of the lab and turns its end into an exit code: 0 it holds, 1 it does not or failed, 2 it was asked wrongly. */
import { AppError } from "@pareidolia/core/appError";
import { UsageError } from "./readOptions.ts";

export async function runCommand(command: () => Promise<{ readonly holds: boolean }>): Promise<void> {
  try {
    const { holds } = await command();
    process.exitCode = holds ? 0 : 1;
  } catch (error) {
    const expected = error instanceof UsageError || error instanceof AppError;
    console.error(expected ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
