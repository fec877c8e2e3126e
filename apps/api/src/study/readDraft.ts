/** Reads a draft from a client: its size, its characters and its shape. Whether its rules fit together is checked when the study opens. */
import { AppError } from "@pareidolia/core/appError";
import { readStudyDraft, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { isStorable } from "../text.ts";

/** Bytes as JSON. */
const maxDraftSize = 256 * 1024;

/** @throws AppError INVALID_INPUT. */
export function readDraft(document: unknown): StudyDraft {
  const field = "draft";
  const text = JSON.stringify(document, (name, value: unknown) => {
    if (isStorable(name) && (typeof value !== "string" || isStorable(value))) return value;
    throw new AppError("INVALID_INPUT", "The draft contains a character that cannot be stored.", { field });
  });
  if (Buffer.byteLength(text) > maxDraftSize)
    throw new AppError("INVALID_INPUT", `A draft has up to ${maxDraftSize / 1024} kB.`, { field });
  return readStudyDraft(document);
}
