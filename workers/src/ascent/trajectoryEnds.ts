/** The stored state of each trajectory of a run, kept in memory so that it is read only once, and the run's figures over all of them. */
import { createHash } from "node:crypto";
import type { WholeRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import type { StoredTrajectory, TrajectoryEnd } from "@pareidolia/persistence/lab/trajectories/writeTrajectories";
import type { TrajectoryAddress } from "@pareidolia/persistence/server/database/deterministicIds";
import { figuresOfTrajectories, type RunFigures } from "../figures/runFigures.ts";
import type { StepChain, StepHash } from "../hashChain/stepChain.ts";
import { configurationsOf, maxEvaluationsOf, trajectoriesOf } from "./ascentPlan.ts";

/**
 * What the hash chain covers of a trajectory. The stored confidence follows from the image, but its last bits depend on the images that
 * are scored with it.
 */
export function documentOf({ configuration, class: target, start, step, confidence, imageSha256 }: TrajectoryEnd): unknown {
  return { configuration, class: target, start, step, confidence, image: imageSha256 };
}

function keyOf({ configuration, class: target, start }: TrajectoryAddress): string {
  return `${configuration}:${target}:${start}`;
}

type Ascent = Pick<WholeRun<"ascent">, "plan" | "parameters">;

export class TrajectoryEnds {
  readonly #run: Ascent;
  readonly #ends: Map<string, TrajectoryEnd>;
  /** All trajectories, in the order of the plan. */
  readonly #order: readonly TrajectoryAddress[];
  #evaluations: number;
  #gradients: number;

  constructor(run: Ascent, stored: readonly TrajectoryEnd[]) {
    this.#run = run;
    this.#order = configurationsOf(run).flatMap((_, configuration) => trajectoriesOf(run, configuration));
    this.#ends = new Map(stored.map((end) => [keyOf(end), end]));
    this.#evaluations = stored.reduce((sum, end) => sum + this.#spent(end), 0);
    this.#gradients = stored.reduce((sum, { step }) => sum + step + 1, 0);
  }

  /** Evaluations of all trajectories. A trajectory that ended early counts with its maximum, so that the run's progress reaches 1. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** Computed for all trajectories. */
  get gradients(): number {
    return this.#gradients;
  }

  /** Evaluations of all trajectories once `states` of a batch's trajectories are stored. */
  evaluationsWith(
    trajectories: readonly TrajectoryAddress[],
    states: readonly { readonly step: number; readonly ended: boolean }[],
  ): number {
    let sum = this.#evaluations;
    for (const [i, { step, ended }] of states.entries()) {
      const address = trajectories[i] as TrajectoryAddress;
      const stored = this.#ends.get(keyOf(address));
      sum += this.#spent({ ...address, step, ended }) - (stored === undefined ? 0 : this.#spent(stored));
    }
    return sum;
  }

  /** Over the last stored images. */
  get figures(): RunFigures {
    return figuresOfTrajectories(this.#ends.values());
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
      const { step, confidence, storedConfidence } = last;
      const end = { configuration, class: target, start, ended, step, confidence, storedConfidence, imageSha256: last.image.sha256 };
      const before = this.#ends.get(keyOf(end));
      this.#evaluations += this.#spent(end) - (before === undefined ? 0 : this.#spent(before));
      this.#gradients += end.step - (before?.step ?? -1);
      this.#ends.set(keyOf(end), end);
    }
  }

  /** Ends in the order of the plan, up to the first trajectory that has not ended. */
  get inOrder(): readonly TrajectoryEnd[] {
    const ends: TrajectoryEnd[] = [];
    for (const address of this.#order) {
      const end = this.#ends.get(keyOf(address));
      if (end?.ended !== true) break;
      ends.push(end);
    }
    return ends;
  }

  /** Whether all trajectories have ended. */
  get isComplete(): boolean {
    return this.inOrder.length === this.#order.length;
  }

  /** Extends the chain by the trajectories that have ended, in the order of the plan, up to the first that has not. */
  extend(chain: StepChain): readonly StepHash[] {
    return this.inOrder.slice(chain.next).map((end) => chain.append(documentOf(end)));
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

  #spent({ configuration, ended, step }: Pick<TrajectoryEnd, "configuration" | "ended" | "step">): number {
    return ended ? maxEvaluationsOf(this.#run, configuration) : step + 1;
  }
}
