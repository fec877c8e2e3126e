/** Reads the first rows of a study's export, which may be many megabytes, and leaves the rest. */

import { addressOnPage } from "../addresses/pageAddress.ts";
import { refusalIn } from "../marks/refusalOf.ts";

export type TrialCell = string | number | boolean | null | readonly (string | number)[];
export type TrialRow = Readonly<Record<string, TrialCell>>;

/** @throws Error with a message for users, if the API refuses the export or it breaks off. */
export async function readFirstTrials(studyKey: string, most: number, signal: AbortSignal): Promise<TrialRow[]> {
  const response = await fetch(addressOnPage(`/studies/${encodeURIComponent(studyKey)}/trials.jsonl`), { signal });
  if (!response.ok || response.body === null) throw new Error(await messageOf(response));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let lines: string[] = [];
  while (lines.length <= most) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
    lines = text.split("\n");
  }
  await reader.cancel();
  return lines
    .filter((line) => line !== "")
    .slice(0, most)
    .map((line) => JSON.parse(line) as TrialRow);
}

async function messageOf(response: Response): Promise<string> {
  return refusalIn(await response.text()) ?? `The server answered with status ${response.status}. Try again in a few seconds.`;
}

/** A cell of the export as text: lists as JSON, as in the CSV file; hashes shortened. */
export function formatCell(cell: TrialCell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  if (typeof cell === "number") return String(Number(cell.toPrecision(7)));
  const shortened = (text: string): string => (/^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 8)}…` : text);
  return typeof cell === "string" ? shortened(cell) : cell.map((part) => shortened(String(part))).join(", ");
}
