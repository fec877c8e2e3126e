/** Validates what members write about runs and experiments: names, notes, comments and tags. */
import { AppError } from "@pareidolia/core/appError";
import { maxNameLength } from "@pareidolia/core/maxNameLength";
import { checkLine, checkText } from "../text.ts";

const maxMarkdownLength = 20_000;
const maxTagLength = 40;
/** A run or experiment has at most so many tags, so that lists can show them all. */
export const maxTags = 30;
/** Of one change of many runs or experiments. */
export const maxSubjects = 500;

export function readName(text: string, field: string): string {
  return checkLine(text, { field, label: "A name", longest: maxNameLength });
}

/** With line ends as Markdown has them. */
export function readMarkdown(text: string, { field, label }: { readonly field: string; readonly label: string }): string {
  return checkText(text.replaceAll("\r\n", "\n"), { field, label, longest: maxMarkdownLength });
}

/** The notes to replace; undefined for any. */
export function readPreviousNotes({ previousNotes }: { readonly previousNotes?: string | null }): string | undefined {
  return previousNotes == null ? undefined : readMarkdown(previousNotes, { field: "input.previousNotes", label: "Notes" });
}

/** In lower case, with single spaces. @throws AppError INVALID_INPUT naming `field`. */
export function readTag(text: string, field: string): string {
  const name = text.trim().replaceAll(/\s+/gu, " ").toLowerCase().normalize("NFC");
  const length = Array.from(name).length;
  if (length === 0 || length > maxTagLength) throw new AppError("INVALID_INPUT", `A tag has 1 to ${maxTagLength} characters.`, { field });
  if (!/^[\p{Ll}\p{Lo}\p{M}\p{N} ._+#:/-]+$/u.test(name))
    throw new AppError("INVALID_INPUT", "A tag consists of letters, digits, spaces and the characters . _ - + # : /", { field });
  return name;
}

/** Each name once. @throws AppError INVALID_INPUT naming the field. */
export function readTags(texts: readonly string[] | null | undefined, field: string): string[] {
  return [...new Set((texts ?? []).map((text, i) => readTag(text, `${field}.${i}`)))];
}
