"use client";
/** What a queued run waits for: a worker, or another run of a workspace that computes as many as it may. */
import { formatCount } from "../marks/numbers.ts";
import { useQuotas } from "../quotas/useQuotas.ts";

export function QueuedNote() {
  const { running = 0, limit = null } = useQuotas().data?.quotas.runs ?? {};
  return (
    <p className="t12 muted">
      {limit !== null && running >= limit ? (
        <>
          This workspace computes at most <span className="n12">{formatCount(limit)}</span> {limit === 1 ? "run" : "runs"} at once. The run
          starts when {limit === 1 ? "it" : "one of them"} has ended.
        </>
      ) : (
        "The run starts when a worker is free."
      )}{" "}
      You can close this tab.
    </p>
  );
}
