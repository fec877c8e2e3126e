/** Checks sweeps: each run against its point and seed of the plan, and what successive halving decided against the results at its rungs. */
import { isDeepStrictEqual } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { toNines } from "@pareidolia/core/nines";
import { decideRung, type HalvingRule, resourceOfRung } from "@pareidolia/core/sweep/halving";
import { planSweep } from "@pareidolia/core/sweep/planSweep";
import { parameterOf, parseSweepPlan, type SweepPlan } from "@pareidolia/core/sweep/sweepPlan";
import {
  type DecisionToCheck,
  listDecisions,
  listRungResults,
  listRunsOfSweep,
  listSweepsToCheck,
  type SweepToCheck,
} from "@pareidolia/persistence/lab/sweeps/readForCheck";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { isSameFigure } from "../figures/finding.ts";
import { figuresOfArchive } from "../figures/runFigures.ts";

type Print = (sentence: string) => void;

export async function checkSweeps(connection: Connection, print: Print): Promise<void> {
  for (const sweep of await listSweepsToCheck(connection))
    try {
      const plan = parseSweepPlan(sweep.plan);
      await checkPoints(connection, sweep, { plan, print });
      const { halving } = plan.earlyStopping;
      if (halving !== null) await checkRungs(connection, sweep, { halving, print });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      print(`sweeps.plan of ${sweep.key} is damaged: ${error.message}`);
    }
}

function differ(print: Print, column: string, place: string, [stored, computed]: readonly [unknown, unknown]): void {
  const isSame =
    typeof stored === "number" && typeof computed === "number" ? isSameFigure(stored, computed) : isDeepStrictEqual(stored, computed);
  if (!isSame) print(`${column} of ${place} is ${JSON.stringify(stored)}; computed again, it is ${JSON.stringify(computed)}.`);
}

async function checkPoints(
  connection: Connection,
  { id, key, pointCount, runCount }: SweepToCheck,
  { plan, print }: { readonly plan: SweepPlan; readonly print: Print },
): Promise<void> {
  const { points, runs } = planSweep(plan);
  differ(print, "sweeps.point_count", key, [pointCount, points.length]);
  differ(print, "sweeps.run_count", key, [runCount, runs.length]);
  for (const run of await listRunsOfSweep(connection, id)) {
    const planned = runs.find(({ point, replicate }) => point === run.point && replicate === run.replicate);
    const values = points[run.point ?? -1]?.values;
    if (planned === undefined || values === undefined) {
      print(
        `runs.sweep_point or runs.sweep_replicate of ${run.key} is ${run.point}, ${run.replicate}; the plan of ${key} has no such run.`,
      );
      continue;
    }
    differ(print, "sweeps.plan, runs.seed or runs.sweep_replicate", run.key, [run.seed, planned.seed]);
    for (const [at, { path }] of plan.axes.entries()) {
      const name = parameterOf(path);
      if (name !== null)
        differ(print, `sweeps.plan, runs.sweep_point or runs.parameters.${name}`, run.key, [run.parameters[name], values[at]]);
    }
  }
}

interface Halving {
  readonly halving: HalvingRule;
  readonly print: Print;
}

async function checkRungs(connection: Connection, { id, key }: SweepToCheck, { halving, print }: Halving): Promise<void> {
  const decisions = await listDecisions(connection, id);
  const rungs = [...new Set(decisions.map(({ rung }) => rung))];
  const generations = [...rungs, rungs.length].map((rung) => resourceOfRung(halving, rung));
  for (const { key: run, rung, median, storedFitness, niches } of await listRungResults(connection, { sweepId: id, generations })) {
    const archive = new Float64Array(niches);
    archive.set(storedFitness);
    differ(print, "rung_results.median", `rung ${rung} of ${run}`, [median, figuresOfArchive(archive).median]);
  }
  for (const rung of rungs)
    checkDecision(
      decisions.filter((decision) => decision.rung === rung),
      { place: `rung ${rung} of ${key}`, halving, print },
    );
}

function checkDecision(decisions: readonly DecisionToCheck[], { place, halving, print }: Halving & { readonly place: string }): void {
  const entries = decisions.map(({ point, medians }) => ({ point, results: medians.map(toNines) }));
  for (const computed of decideRung(entries, halving.eta)) {
    const stored = decisions.find(({ point }) => point === computed.point) as DecisionToCheck;
    const name = `point ${computed.point} at ${place}`;
    differ(print, "rung_decisions.nines", name, [stored.nines, computed.nines]);
    differ(print, "rung_decisions.runs", name, [stored.runs, computed.runs]);
    differ(print, "rung_decisions.rank", name, [stored.rank, computed.rank]);
    differ(print, "rung_decisions.kept", name, [stored.kept, computed.kept]);
  }
}
