/** Identifies a label space by its labels in order. Only networks of the same label space are compared. */
import { createHash } from "node:crypto";

export function labelSpaceOf(labels: readonly string[]): string {
  return `labels:${createHash("sha256").update(labels.join("\n")).digest("hex").slice(0, 24)}`;
}
