/**
 * Entry point of the process that reads the file of an import. Standard input is a line of JSON and the file; the answer is a sequence of
 * frames: the preview alone, or the runs, their images and what was skipped. It ends with `end` or `refused`.
 */
import { buffer } from "node:stream/consumers";
import { AppError } from "@pareidolia/core/appError";
import { type ForeignData, importLimits } from "@pareidolia/exchange/imports/foreignData";
import { describeForeign } from "@pareidolia/exchange/imports/importPreview";
import { openForeign } from "@pareidolia/exchange/imports/openForeign";
import { decodePng } from "@pareidolia/images/png";
import { writeFrame } from "./frames.ts";
import type { ImportQuestion } from "./readImport.ts";

const newline = 10;

async function answer(): Promise<void> {
  const input = new Uint8Array(await buffer(process.stdin));
  const end = input.indexOf(newline);
  const { fileName, choices, previewOnly } = JSON.parse(Buffer.from(input.subarray(0, end)).toString("utf8")) as ImportQuestion;
  const data = await openForeign({ bytes: input.subarray(end + 1), fileName, choices }, decodePng);
  if (previewOnly) writeFrame({ kind: "preview", preview: describeForeign(data, fileName) });
  else await writeRuns(data);
}

async function writeRuns({ format, runs, skipped, warnings }: ForeignData): Promise<void> {
  for (const { what, reason } of skipped.slice(0, importLimits.notices)) writeFrame({ kind: "skipped", what, reason });
  for (const warning of warnings.slice(0, importLimits.notices)) writeFrame({ kind: "warning", warning });
  for (const { images, startedAt, endedAt, ...run } of runs) {
    writeFrame({ kind: "run", format, ...run, startedAt: startedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null });
    const skip = (what: string, reason: string): void => writeFrame({ kind: "skipped", what, reason });
    for await (const { image, ...of } of images(skip)) {
      const { width, height, channels, pixels } = image;
      writeFrame({ kind: "image", width, height, channels, ...of }, pixels);
    }
  }
}

try {
  await answer();
  writeFrame({ kind: "end" });
} catch (error) {
  const known = error instanceof AppError && error.code !== "INTERNAL";
  writeFrame({ kind: "refused", reason: known ? error.message : "This file cannot be imported: reading it failed." });
}
process.exit(0);
