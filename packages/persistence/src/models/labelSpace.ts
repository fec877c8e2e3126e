/** A label space names classes in one order: networks that name their classes alike share it, and only those are compared. */
import { createHash } from "node:crypto";

export function labelSpaceOf(labels: readonly string[]): string {
  return `labels:${createHash("sha256").update(labels.join("\n")).digest("hex").slice(0, 24)}`;
}
