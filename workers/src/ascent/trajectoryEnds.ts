/** How far each trajectory of a run has come, kept in step with what is stored so that nothing is read twice, and the run's figures over all. */
import { createHash } from "node:crypto";
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import { median } from "@pareidolia/evolution/statistics";
import type { TrajectoryAddress } from "@pareidolia/persistence/database/deterministicIds";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";
import type { StoredTrajectory, TrajectoryEnd } from "@pareidolia/persistence/trajectories/writeTrajectories";
import { budgetOf } from "./ascentPlan.ts";

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

  /** One that has ended early spends no more: its whole budget counts as done. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** Of the last stored confidences; null while there is none. */
  get median(): number | null {
    return this.#ends.size === 0 ? null : median(Array.from(this.#ends.values(), ({ storedConfidence }) => storedConfidence));
  }

  /** Trajectories whose last stored confidence is fooling. */
  get foolingCount(): number {
    let count = 0;
    for (const { storedConfidence } of this.#ends.values()) if (storedConfidence >= foolingConfidence) count++;
    return count;
  }

  hasEnded(address: TrajectoryAddress): boolean {
    return this.#ends.get(keyOf(address))?.ended === true;
  }

  /** Whether it is stored at this very step, and as ended or not. */
  stands(address: TrajectoryAddress, { step, ended }: { readonly step: number; readonly ended: boolean }): boolean {
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

  /** Equal runs give equal hashes. */
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
    return ended ? budgetOf(this.#run, configuration) : step + 1;
  }
}
