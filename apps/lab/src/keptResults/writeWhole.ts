/** Writes a file so that a reader, and a process that continues after a crash, finds either the whole new content or what was there. */
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { unlessMissing } from "../unlessMissing.ts";

/** @throws AppError UNAVAILABLE if the file cannot be written. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await unlessMissing(rm(temporary));
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      "UNAVAILABLE",
      `Cannot write ${path} (${reason}). Free space or correct its permissions, then run the same command again.`,
      {
        cause,
      },
    );
  }
}
