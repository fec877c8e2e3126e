/**
 * Ends an evolution of a sweep early, by the rules of the sweep's plan. The rules act between two checkpoints, so they use the search's
 * median, on float pixels. A resumed evolution reads those of its earlier generations, so that it reaches the same plateau as without
 * interruption.
 */
import { PlateauWatch } from "@pareidolia/core/sweep/plateau";
import type { SweepPlan } from "@pareidolia/core/sweep/sweepPlan";
import { findGenerations } from "@pareidolia/persistence/lab/generations/readGenerations";
import type { RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import { medianOfEndedRuns } from "@pareidolia/persistence/lab/sweeps/medianRule";
import { findSweeps } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { RunSession } from "../runs/runSession.ts";

type Rules = SweepPlan["earlyStopping"];

function plateauReached({ generations, delta }: NonNullable<Rules["plateau"]>): RunOutcome {
  const improvement = delta === 0 ? "not improved" : `improved by less than ${delta} nines`;
  return {
    state: "SUCCEEDED",
    stoppedBy: "PLATEAU",
    reason: `Stopped early: the search's median has ${improvement} for ${generations} generations.`,
  };
}

function belowMedian(median: number): RunOutcome {
  const text = `Stopped early: the best median of its search is below ${median.toPrecision(4)}, the median of the sweep's ended runs up to this generation.`;
  return { state: "SUCCEEDED", stoppedBy: "MEDIAN", reason: text };
}

export class EarlyStopping {
  readonly #rules: Rules;
  readonly #sweepId: string;
  readonly #plateau: PlateauWatch | null;
  #best = 0;
  #outcome: RunOutcome | null = null;

  private constructor(sweepId: string, rules: Rules) {
    this.#sweepId = sweepId;
    this.#rules = rules;
    this.#plateau = rules.plateau === null ? null : new PlateauWatch(rules.plateau);
  }

  /** Null for a run that is not part of a sweep, and for a sweep without rules. */
  static async open({ run, context }: RunSession): Promise<EarlyStopping | null> {
    const { connection } = context.database;
    const [sweep] = run.sweepId === null ? [] : await findSweeps(connection, [run.sweepId]);
    if (sweep == null) return null;
    const { earlyStopping } = sweep.plan;
    if (earlyStopping.plateau === null && earlyStopping.median === null) return null;
    const watch = new EarlyStopping(sweep.id, earlyStopping);
    for (const { generation, searchMedian } of await findGenerations(connection, { runIds: [run.id], from: 0 }))
      watch.add(generation, searchMedian);
    return watch;
  }

  /** The outcome with which the run ends; null while it continues. */
  get outcome(): RunOutcome | null {
    return this.#outcome;
  }

  /** Adds the search's median of the next generation. */
  add(generation: number, searchMedian: number): void {
    this.#best = Math.max(this.#best, searchMedian);
    const { plateau } = this.#rules;
    if (plateau !== null && this.#plateau?.add(generation, searchMedian) === true) this.#outcome ??= plateauReached(plateau);
  }

  /** Compares the run with the sweep's ended runs. Called at checkpoints. */
  async compare(connection: Connection, generation: number): Promise<void> {
    const rule = this.#rules.median;
    if (rule === null || generation < rule.after || this.#outcome !== null) return;
    const median = await medianOfEndedRuns(connection, { sweepId: this.#sweepId, generation });
    if (median !== null && this.#best < median) this.#outcome = belowMedian(median);
  }
}
