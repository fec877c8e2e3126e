/** What somebody says about their model: labels and pre-processing of sane sizes, and companions with plain names. */
import { isPlainPath } from "@pareidolia/core/plainPath";
import { checkPreprocessing } from "@pareidolia/core/preprocessing";
import type { DeclaredModel } from "./modelReport.ts";
import { Refusal } from "./refusal.ts";

const mostLabels = 100_000;
const longestLabel = 200;
const control = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** @throws Refusal, or AppError INVALID_INPUT of the pre-processing. */
export function checkDeclared({ labels, preprocessing }: DeclaredModel, beside: ReadonlyMap<string, Uint8Array>): void {
  if (labels.length < 2 || labels.length > mostLabels)
    throw new Refusal("MISDECLARED", `Give from 2 to ${mostLabels} labels; these are ${labels.length}.`);
  for (const [index, label] of labels.entries())
    if (typeof label !== "string" || label.trim() === "" || label.length > longestLabel || control.test(label))
      throw new Refusal(
        "MISDECLARED",
        `Label ${index} is empty, longer than ${longestLabel} characters, or holds characters that do not print.`,
      );
  checkPreprocessing(preprocessing);
  for (const path of beside.keys())
    if (!isPlainPath(path))
      throw new Refusal("MALFORMED", `A file that came along is called ${JSON.stringify(path.slice(0, 80))}, which is no plain name.`);
}
