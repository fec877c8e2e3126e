/** Sweeps that end runs early, and the largest sweep. */
import { describe, expect, it } from "vitest";
import { openSweepBench, type Sweep } from "../../support/sweepBench.ts";

const { api, workers, work, inputOf, start, readProgress, control, reach } = openSweepBench();

describe("early stopping", () => {
  it("ends runs on a plateau at the same generation, whatever interrupts them", async () => {
    const settings = { generations: 400, earlyStopping: { plateauGenerations: 5, plateauDelta: 0.5 } };
    const { key } = await start(settings);
    const worker = await work({ milliseconds: 1 });
    await expect.poll(async () => (await readProgress(key)).progress["evaluations"], { timeout: 20_000, interval: 10 }).toBeGreaterThan(0);
    await worker.close();
    workers.length = 0;
    await work();
    const done = await reach(key, "SUCCEEDED");
    const again = await reach((await start(settings)).key, "SUCCEEDED");
    expect(done.progress).toMatchObject({ succeeded: 8, stoppedEarly: 8 });
    expect(done.results.savedEvaluations).toBeGreaterThan(0);
    const evaluations = (sweep: Sweep) => sweep.results.points.map(({ runs }) => runs.map((run) => [run.stoppedBy, run.evaluations]));
    expect(evaluations(done)).toEqual(evaluations(again));
  });

  it("ends runs below the median of the ended ones, and no others", async () => {
    // Without mutation, a run stays where it began.
    const axes = [{ path: "parameters.mutationRate", values: [0.3, 0.0001] }];
    const { key } = await start({ axes, replicates: 6, generations: 60, earlyStopping: { medianAfter: 3 }, limits: { concurrency: 1 } });
    // The rule looks at checkpoints, so each run must have one before it ends.
    await work({ milliseconds: 1, checkpointSeconds: 0 });
    const { results } = await reach(key, "SUCCEEDED");
    const stopped = results.points.map(({ runs }) => runs.filter(({ stoppedBy }) => stoppedBy === "MEDIAN").length);
    expect(stopped[0]).toBe(0);
    expect(stopped[1]).toBeGreaterThan(0);
  });
});

describe("2,000 runs", () => {
  it("are created at once, and a preview has counted them", async () => {
    const axes = [{ path: "parameters.mutationRate", range: { from: 0.01, to: 0.9, scale: "LOG", count: 200 } }];
    const input = inputOf({ axes, replicates: 10 });
    const { body } = await api().query(
      "query($input: StartSweepInput!) { planSweep(input: $input) { name runCount evaluations points } }",
      {
        input,
      },
    );
    expect(body.data.planSweep).toMatchObject({ name: "Mutation rate by seed", runCount: 2000, evaluations: 2000 * 8 * 5 });
    expect(body.data.planSweep.points).toHaveLength(20);
    const { key } = await start({ axes, replicates: 10 });
    expect((await readProgress(key)).progress).toMatchObject({ queued: 2000 });
    await control("cancelSweep", key);
    expect((await readProgress(key)).progress).toMatchObject({ cancelled: 2000 });
  });
});
