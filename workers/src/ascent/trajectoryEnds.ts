/** The stored state of each trajectory of a run, kept in memory so that it is read only once, and the run's figures over all of them. */
import { createHash } from "node:crypto";
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import { median } from "@pareidolia/evolution/statistics";
import type { TrajectoryAddress } from "@pareidolia/persistence/database/deterministicIds";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";
import type { StoredTrajectory, TrajectoryEnd } from "@pareidolia/persistence/trajectories/writeTrajectories";
import { mostEvaluationsOf } from "./ascentPlan.ts";

function keyOf({ configuration, class: target, start }: TrajectoryAddress): string {
  return `${configuration}:${target}:${start}`;
}

export class TrajectoryEnds {
  readonly #run: ClaimedRun<"ascent">;
  readonly #ends: Map<string, TrajectoryEnd>;
  #evaluations: number;

  constructor(run: ClaimedRun<"ascent">, stored: readonly TrajectoryEnd[]) {
    this.#run = run;
    this.#ends = new Map(stored.map((end) => [keyOf(end), end]));
    this.#evaluations = stored.reduce((sum, end) => sum + this.#spent(end), 0);
  }

  /** Evaluations of all trajectories. A trajectory that ended early counts with its maximum, so that the run's progress reaches 1. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** Median of the last stored confidences; null before the first. */
  get median(): number | null {
    return this.#ends.size === 0 ? null : median(Array.from(this.#ends.values(), ({ storedConfidence }) => storedConfidence));
  }

  /** Number of trajectories whose last stored confidence counts as fooling. */
  get foolingCount(): number {
    let count = 0;
    for (const { storedConfidence } of this.#ends.values()) if (storedConfidence >= foolingConfidence) count++;
    return count;
  }

  hasEnded(address: TrajectoryAddress): boolean {
    return this.#ends.get(keyOf(address))?.ended === true;
  }

  /** Whether the trajectory is already stored with this step and `ended`. */
  isStored(address: TrajectoryAddress, { step, ended }: { readonly step: number; readonly ended: boolean }): boolean {
    const end = this.#ends.get(keyOf(address));
    return end !== undefined && end.step === step && end.ended === ended;
  }

  update(trajectories: readonly StoredTrajectory[]): void {
    for (const { configuration, class: target, start, ended, last } of trajectories) {
      const { step, storedConfidence } = last;
      const end = { configuration, class: target, start, ended, step, storedConfidence, imageSha256: last.image.sha256 };
      const before = this.#ends.get(keyOf(end));
      this.#evaluations += this.#spent(end) - (before === undefined ? 0 : this.#spent(before));
      this.#ends.set(keyOf(end), end);
    }
  }

  /** The run's result hash: equal runs have equal hashes. */
  hash(): string {
    const ends = [...this.#ends.values()].sort((a, b) => a.configuration - b.configuration || a.class - b.class || a.start - b.start);
    const rows = ends.map(({ configuration, class: target, start, step, imageSha256 }) => [
      ...(this.#run.plan.search === null ? [] : [configuration]),
      target,
      start,
      step,
      imageSha256,
    ]);
    return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  }

  #spent({ configuration, ended, step }: TrajectoryEnd): number {
    return ended ? mostEvaluationsOf(this.#run, configuration) : step + 1;
  }
}
