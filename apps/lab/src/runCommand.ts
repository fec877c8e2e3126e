/** Runs a command of the lab and sets the exit code: 0 if all bars hold, 1 if one does not or the command failed, 2 for invalid usage. */
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
