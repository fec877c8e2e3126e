/** A file with one result: of a finished experiment, or of a finished unit of one that still runs. Its hash finds damage and edits. */
import { readFile } from "node:fs/promises";
import { sha256 } from "@pareidolia/classifiers/files/sha256";
import { AppError } from "@pareidolia/core/appError";
import { fromExactJson, toExactJson } from "./exactJson.ts";
import type { Origin } from "./origin.ts";
import { writeWhole } from "./writeWhole.ts";

export interface KeptFile {
  readonly experiment: string;
  /** Null for the whole experiment. */
  readonly unit: string | null;
  readonly origin: Origin;
  /** Of the code that computed it; null if unknown. */
  readonly commit: string | null;
  /** ISO 8601. */
  readonly writtenAt: string;
  /** What the experiment had taken until then, in all processes that computed it. */
  readonly spent: Spent;
  readonly value: unknown;
}

export interface Spent {
  readonly seconds: number;
  readonly coreSeconds: number;
}

export async function writeKept(path: string, { value, ...head }: KeptFile): Promise<void> {
  const content = { ...head, value: toExactJson(value) };
  await writeWhole(path, `${JSON.stringify({ ...content, sha256: sha256(JSON.stringify(content)) })}\n`);
}

/** @throws AppError CORRUPT_DATA for a file that is not as it was written. */
export async function readKept(path: string): Promise<KeptFile> {
  const text = await readFile(path, "utf8");
  try {
    const { sha256: hash, ...content } = JSON.parse(text);
    if (hash === sha256(JSON.stringify(content))) return { ...content, value: fromExactJson(content.value) };
  } catch (cause) {
    throw damaged(path, cause);
  }
  throw damaged(path);
}

function damaged(path: string, cause?: unknown): AppError {
  return new AppError(
    "CORRUPT_DATA",
    `${path} is damaged. Delete this file and run the same command again: what it held is computed again.`,
    {
      cause,
    },
  );
}
