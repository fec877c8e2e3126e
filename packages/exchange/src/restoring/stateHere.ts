/** The state in which an unfinished run or sweep of an export is restored, and the reason. */
import { getRunKind, type RunKind } from "@pareidolia/core/runKinds/registry";
import type { BundleManifest } from "../bundleManifest.ts";

export function isUnfinished(state: string): boolean {
  return state === "QUEUED" || state === "RUNNING" || state === "PAUSED";
}

interface StateHere {
  readonly state: "PAUSED" | "CANCELLED";
  /** Completes "RUN-7 was not finished: it will be ". */
  readonly explanation: string;
}

/** An unfinished run has no worker here: members can resume it if the export has the data it needs. */
export function stateOfUnfinished(kind: string, { parts }: Pick<BundleManifest, "parts">): StateHere {
  const { restoredAs, resumesFromNetworks, notComputed } = getRunKind(kind as RunKind);
  if (restoredAs === "CANCELLED") return { state: "CANCELLED", explanation: `cancelled, since ${notComputed ?? "it cannot be resumed"}` };
  if (resumesFromNetworks === true && !parts.includes("models"))
    return {
      state: "CANCELLED",
      explanation:
        "cancelled, since the export was made without networks, from which it would resume. Export it again with networks to resume it here",
    };
  return { state: "PAUSED", explanation: "paused, and can be resumed" };
}

interface SweepHere {
  readonly state: string;
  /** A sentence; for an unfinished sweep, it also ends a warning in the preview. */
  readonly reason: string;
}

/**
 * The state in which a sweep is restored, and the reason. An unfinished sweep is paused, and resuming it resumes its paused runs. A sweep
 * with successive halving is cancelled, since an export does not contain the rungs at which its runs wait.
 */
export function sweepHere({ state, reason, plan }: { readonly state: string; readonly reason: string; readonly plan: unknown }): SweepHere {
  if (!isUnfinished(state)) return { state, reason };
  const { earlyStopping } = plan as { readonly earlyStopping?: { readonly halving?: unknown } };
  if (earlyStopping?.halving == null)
    return { state: "PAUSED", reason: "It had not ended when it was exported. Resume it to continue its paused runs." };
  return {
    state: "CANCELLED",
    reason:
      "It had not ended when it was exported, and an export does not contain the rungs at which the runs of successive halving wait. Its unfinished runs are paused, and can be resumed one by one.",
  };
}
