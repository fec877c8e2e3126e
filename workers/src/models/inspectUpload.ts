/** Has a file that somebody brought looked at in a process of its own, before anything of it is opened here. */
import { createHash } from "node:crypto";
import { inspectModel } from "@pareidolia/classifiers/intake/inspectModel";
import { AppError } from "@pareidolia/core/appError";
import { fileKey } from "@pareidolia/persistence/objectStores/objectStore";
import type { ModelRecord } from "@pareidolia/persistence/queries/modelQueries";
import type { RunContext } from "../runs/carryOutRun.ts";

/** @throws AppError INVALID_INPUT with the reason when it is refused. */
export async function inspectUpload(
  model: ModelRecord,
  { objectStore, stop }: Pick<RunContext, "objectStore" | "stop">,
): Promise<Record<string, unknown>> {
  const { labels, preprocessing, sha256 } = model;
  if (preprocessing === null) throw new AppError("INVALID_INPUT", "Nobody said what happens to an image before the network.");
  const bytes = await objectStore.get(fileKey(sha256));
  if (createHash("sha256").update(bytes).digest("hex") !== sha256)
    throw new AppError("INVALID_INPUT", "The stored file is damaged. Upload it again.");
  const report = await inspectModel({ model: { bytes }, declared: { labels, preprocessing }, signal: stop });
  if (report.kind === "refused") throw new AppError("INVALID_INPUT", report.reason);
  const { format, input, classes, nodes, operators, parameters, multiplications, usage } = report;
  return { format, input, classes, nodes, operators, parameters, multiplications, inspection: usage };
}
