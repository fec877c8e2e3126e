/** Reads codes.csv back. */
import { type ArchiveFile, unreadable } from "@pareidolia/archive/archiveFiles";
import { type TextCode, textCodeKinds } from "@pareidolia/core/textCode";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { codeColumns, coderName, codeTable, type ReleasedText } from "./codeTable.ts";
import { type Row, rowsOf } from "./readTables.ts";

const maxRows = 1_000_000;

/** @throws AppError CORRUPT_DATA for a malformed row, and for rows that are not those of their text. */
export async function readCodes(file: ArchiveFile, plan: StudyPlan): Promise<readonly ReleasedText[]> {
  const texts = new Map<string, { text: string; codes: (TextCode & { coder: number })[]; decision: ReleasedText["decision"] }>();
  const lines = new Map<string, string>();
  for await (const { row, line } of rowsOf(file, codeColumns, maxRows)) {
    const text = row.get("text") ?? "";
    const known = texts.get(text) ?? { text, codes: [], decision: null };
    texts.set(text, known);
    const code = codeOf(row, file);
    const coder = row.get("coder") ?? "";
    if (coder === "") known.decision = { ...code, reason: row.get("reason") ?? "" };
    else known.codes.push({ coder: coderOf(coder, file), ...code });
    lines.set(text, `${lines.get(text) ?? ""}${line}`);
  }
  for (const text of texts.values())
    if (codeTable.lines(plan, text) !== lines.get(text.text))
      throw unreadable(`the rows of ${JSON.stringify(text.text.slice(0, 80))} in ${file.name} are malformed`);
  return [...texts.values()];
}

function codeOf(row: Row, file: ArchiveFile): TextCode {
  const kind = textCodeKinds.find((known) => known === row.get("code"));
  const label = row.get("code_class") ?? "";
  if (kind === undefined || !/^\d{0,10}$/.test(label) || (kind === "LABEL") !== (label !== ""))
    throw unreadable(`${file.name} has a malformed code`);
  return { kind, label: label === "" ? null : Number(label) };
}

function coderOf(name: string, file: ArchiveFile): number {
  const coder = Number(/^C-(\d{2,6})$/.exec(name)?.[1] ?? Number.NaN) - 1;
  if (!(coder >= 0) || coderName(coder) !== name) throw unreadable(`${file.name} has the coder ${JSON.stringify(name.slice(0, 80))}`);
  return coder;
}
