/** The purpose, name and size of a file that a member wants to send. */
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import type { UploadKind, UploadRecord } from "@pareidolia/persistence/server/uploads/readUploads";
import { checkLine } from "../text.ts";
import type { FileInput } from "./upload.input.ts";

export type AnnouncedFile = Pick<UploadRecord, "kind" | "fileName" | "byteLength">;

const maxNameLength = 200;
const usedFor: Readonly<Record<UploadKind, string>> = { MODEL: "a model", PHOTO: "a photo", IMPORT: "an import" };

function readSize({ kind, byteLength }: AnnouncedFile, largestOfKind: Readonly<Record<UploadKind, number>>, field: string): number {
  if (byteLength === 0) throw new AppError("INVALID_INPUT", "The file is empty.", { field });
  if (!Number.isSafeInteger(byteLength) || byteLength < 0)
    throw new AppError("INVALID_INPUT", "The size of a file must be a whole number of bytes.", { field });
  const largest = largestOfKind[kind];
  if (byteLength > largest)
    throw new AppError("INVALID_INPUT", `The file of ${usedFor[kind]} must not exceed ${formatByteSize(largest)}.`, { field });
  return byteLength;
}

/** @throws AppError INVALID_INPUT naming a field below `at`. */
export function readAnnouncedFile(input: FileInput, at: string, largestOfKind: Readonly<Record<UploadKind, number>>): AnnouncedFile {
  const field = `${at}.fileName`;
  const fileName = checkLine(input.fileName, { field, label: "The name of a file", longest: maxNameLength });
  if (fileName === "") throw new AppError("INVALID_INPUT", "Give the name of the file.", { field });
  return { kind: input.kind, fileName, byteLength: readSize(input, largestOfKind, `${at}.byteLength`) };
}

/** @throws AppError INVALID_INPUT naming `field`. */
export function requireKind(upload: UploadRecord, kind: UploadKind, field: string): void {
  if (upload.kind === kind) return;
  throw new AppError("INVALID_INPUT", `This upload is for ${usedFor[upload.kind]}. Request an upload of kind ${kind}.`, { field });
}
