/** Checks what the user declares about a model: number and length of labels, pre-processing, and names of weight files. */
import { isPlainPath } from "@pareidolia/core/plainPath";
import { checkPreprocessing } from "@pareidolia/core/preprocessing";
import type { DeclaredModel } from "./modelReport.ts";
import { Refusal } from "./refusal.ts";

const maxLabels = 100_000;
const maxLabelLength = 200;
const control = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** @throws Refusal, or AppError INVALID_INPUT for invalid pre-processing. */
export function checkDeclared({ labels, preprocessing }: DeclaredModel, sidecars: ReadonlyMap<string, Uint8Array>): void {
  if (labels.length < 2 || labels.length > maxLabels)
    throw new Refusal("MISDECLARED", `Provide 2 to ${maxLabels} labels, not ${labels.length}.`);
  for (const [index, label] of labels.entries())
    if (typeof label !== "string" || label.trim() === "" || label.length > maxLabelLength || control.test(label))
      throw new Refusal(
        "MISDECLARED",
        `Label ${index} is empty, longer than ${maxLabelLength} characters, or contains non-printing characters.`,
      );
  checkPreprocessing(preprocessing);
  for (const path of sidecars.keys())
    if (!isPlainPath(path))
      throw new Refusal("MALFORMED", `The weight file ${JSON.stringify(path.slice(0, 80))} does not have a plain name.`);
}
