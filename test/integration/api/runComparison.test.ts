/** Comparisons of runs and groups of runs by GraphQL, over real evolutions in Postgres. */
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { carryOutImport, changeImport, handIn } from "../../support/productImport.ts";
import { seedPerturbation } from "../../support/queuedRuns.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";
import { storePattern } from "../../support/storePattern.ts";

let api: TestApi;

/** RUN-1 to RUN-4 are direct, RUN-5 to RUN-8 CPPN, with seeds 1 to 4; RUN-9 has not started. */
beforeAll(async () => {
  api = await startTestApi();
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  const context = evolveContext({ classifier, database: api.database, objectStore: api.objectStore });
  for (const encoding of ["direct", "cppn"])
    for (const seed of [1, 2, 3, 4]) await carryOutRun({ runId: await seedRun(api.database, { encoding, seed }) }, context);
  await seedRun(api.database);
});
afterAll(() => api.close());

const groups = [
  { name: "direct", runIds: ["RUN-1", "RUN-2", "RUN-3", "RUN-4"] },
  { name: "CPPN", runIds: ["RUN-5", "RUN-6", "RUN-7", "RUN-8"] },
];

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
async function compare(entries: readonly object[], fields: string, generation: number | null = null): Promise<any> {
  const { body } = await api.query(
    `query ($entries: [ComparedRunsInput!]!, $generation: Int) { runComparison(entries: $entries, generation: $generation) { ${fields} } }`,
    { entries, generation },
  );
  return body.errors === undefined ? body.data.runComparison : body.errors[0];
}

describe("a comparison of runs", () => {
  it("lists what differs first, with each entry's values", async () => {
    const { parameters, entries } = await compare(
      groups,
      "entries { name runs { key } } parameters { name label differs values { values count } }",
    );
    expect(entries.map(({ name }: { name: string }) => name)).toEqual(["direct", "CPPN"]);
    const named = (name: string) => parameters.find((parameter: { name: string }) => parameter.name === name);
    expect(named("method")).toMatchObject({ label: "Encoding", differs: true, values: [{ count: 1 }, { count: 1 }] });
    expect(named("seed").values[0]).toEqual({ values: [1, 2, 3, 4], count: 4 });
    expect(named("generations")).toMatchObject({ differs: false });
    const order = parameters.map(({ differs }: { differs: boolean }) => differs);
    expect(order).toEqual([...order].sort((a, b) => Number(b) - Number(a)));
  });

  it("averages curves on the scale of nines, over the runs that have stored the generation", async () => {
    const entries = [...groups, { runIds: ["RUN-1"] }, { runIds: ["RUN-9"] }];
    const { curves, generation, lastGeneration } = await compare(
      entries,
      "generation lastGeneration curves { points { generation median { runCount mean low high } } }",
    );
    expect([generation, lastGeneration]).toEqual([12, 12]);
    expect(curves[3].points).toEqual([]);
    const rows = await api.database.connection.generation.findMany({ where: { generation: 7 } });
    const numbers = await api.database.connection.run.findMany({ where: { number: { lte: 4 } } });
    const medians = numbers.map(({ id }) => rows.find(({ runId }) => runId === id)?.median ?? Number.NaN);
    const nines = medians.map((median) => -Math.log10(1 - median));
    const mean = nines.reduce((sum, value) => sum + value, 0) / 4;
    const deviation = Math.sqrt(nines.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
    const at = curves[0].points.find((point: { generation: number }) => point.generation === 7).median;
    expect(at.runCount).toBe(4);
    expect(at.mean).toBeCloseTo(1 - 10 ** -mean, 10);
    // 3.182446305284263 is the .975 quantile of Student's t with 3 degrees of freedom.
    expect(at.high).toBeCloseTo(1 - 10 ** -(mean + (3.182446305284263 * deviation) / 2), 8);
    expect(curves[2].points[7].median).toMatchObject({ runCount: 1, low: null, high: null });
  });

  it("counts the classes of a run that is in several entries once", async () => {
    const { connection } = api.database;
    const { id: runId } = await connection.run.findFirstOrThrow({ where: { number: 1 } });
    const current = await connection.elite.findMany({ where: { runId, replacedAt: null } });
    for (const { id } of current) await connection.elite.update({ where: { id }, data: { storedFitness: 0.99995 } });
    const entries = [{ runIds: ["RUN-1"] }, { runIds: ["RUN-1", "RUN-2"] }, { runIds: ["RUN-1"] }];
    const { figures } = await compare(entries, "figures { fooling { mean } nicheCount }");
    for (const { id, storedFitness } of current) await connection.elite.update({ where: { id }, data: { storedFitness } });
    const { length } = current;
    const means = figures.map(({ fooling }: { fooling: { mean: number } }) => fooling.mean);
    expect(means).toEqual([length, length / 2, length]);
  });

  it("describes the archives of any generation", async () => {
    const fields = "generation figures { median { mean runCount } lowerQuartile upperQuartile fooling { mean } nicheCount }";
    const late = await compare(groups, fields);
    const early = await compare(groups, fields, 0);
    expect([late.generation, early.generation]).toEqual([12, 0]);
    expect((await compare(groups, fields, 99)).generation).toBe(12);
    for (const index of [0, 1]) {
      expect(late.figures[index]).toMatchObject({ nicheCount: 5, median: { runCount: 4 } });
      expect(late.figures[index].median.mean).toBeGreaterThanOrEqual(early.figures[index].median.mean);
      expect(late.figures[index].lowerQuartile).toBeLessThanOrEqual(late.figures[index].upperQuartile);
    }
  });

  it("tests each pair of groups, or each group against the baseline, and leaves small groups out", async () => {
    const entries = [...groups, { name: "two", runIds: ["RUN-1", "RUN-2"] }];
    const fields = "tests(measure: MEDIAN) { leftOut pairs { first second p adjustedP method delta deltaLow deltaHigh } }";
    const { tests } = await compare(entries, fields);
    expect(tests.leftOut).toEqual([2]);
    expect(tests.pairs).toHaveLength(1);
    const [test] = tests.pairs;
    expect(test).toMatchObject({ first: 0, second: 1, method: "exact" });
    expect(test.p).toBe(test.adjustedP);
    expect(test.deltaLow).toBeLessThanOrEqual(test.delta);
    expect(test.deltaHigh).toBeGreaterThanOrEqual(test.delta);
    const against = await compare(groups, fields.replace("MEDIAN", "MEDIAN, baseline: 0"));
    expect(against.tests.pairs).toMatchObject([{ first: 1, second: 0, p: test.p }]);
    expect(against.tests.pairs[0].delta).toBeCloseTo(-test.delta, 12);
    const never = await compare(groups, fields.replace("MEDIAN", "FIRST_REACHED"));
    expect(never.tests.pairs[0].p).toBeGreaterThan(0);
  });

  it("shows each group's surest image of a class", async () => {
    const { rows, classCount } = await compare(
      groups,
      "classCount rows(first: 2, offset: 1) { class label elites { niche storedConfidence run { key } } }",
    );
    expect(classCount).toBe(5);
    expect(rows.map((row: { label: string }) => row.label)).toEqual(["1", "2"]);
    const stored = await api.database.connection.elite.findMany({
      where: { niche: 1, replacedAt: null, run: { number: { lte: 4 } } },
      select: { storedFitness: true },
    });
    expect(rows[0].elites[0]).toMatchObject({ niche: 1, storedConfidence: Math.max(...stored.map(({ storedFitness }) => storedFitness)) });
    expect((await compare(groups, 'rows(contains: "4") { label }')).rows).toEqual([{ label: "4" }]);
  });

  it("shows the surest trajectory of each class of ascents, and no class without an image", async () => {
    const { database, objectStore } = api;
    const { id } = await database.connection.model.findFirstOrThrow({ where: { slug: testModel.id } });
    const input = {
      experimentId: "EXP-1",
      modelId: Buffer.from(`Model:${id}`).toString("base64url"),
      preset: "paper-unregularised",
      parameters: { iterations: 20 },
      classes: [1, 3],
      starts: 2,
      seed: 1,
    };
    const start =
      "mutation ($input: StartAscentInput!) { startAscent(input: $input) { ... on StartAscentSuccess { run { key } } ... on Error { message } } }";
    const { body } = await api.query(start, { input });
    const { key } = body.data.startAscent.run;
    const run = await database.connection.run.findFirstOrThrow({ where: { number: Number(key.slice(4)) } });
    const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
    await carryOutRun({ runId: run.id }, evolveContext({ classifier, database, objectStore }));
    const fields = "rows { label elites { id } trajectories { class storedConfidence run { key } } perturbations { id } }";
    const { rows } = await compare([{ runIds: [key] }], fields);
    expect(rows.map(({ label }: { label: string }) => label)).toEqual(["1", "3"]);
    const stored = await database.connection.trajectory.findMany({ where: { runId: run.id, class: 3 } });
    const best = Math.max(...stored.map(({ storedConfidence }) => storedConfidence));
    expect(rows[1]).toEqual({
      label: "3",
      elites: [null],
      trajectories: [{ class: 3, storedConfidence: best, run: { key } }],
      perturbations: [null],
    });
    const beside = await compare([{ runIds: ["RUN-1"] }, { runIds: [key] }], fields);
    expect(beside.rows.map(({ label }: { label: string }) => label)).toEqual(["0", "1", "2", "3", "4"]);
    expect(beside.rows[3].trajectories.map((row: object | null) => row === null)).toEqual([true, false]);
  });

  it("shows the surest successful attack in the row of the class that the network sees, and never a failed one", async () => {
    const { database, objectStore } = api;
    const sourceSha256 = await storePattern(database, objectStore);
    const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
    const runId = await seedPerturbation(database, { sourceSha256, bounds: [0.5, 64, 128] });
    await carryOutRun({ runId }, evolveContext({ classifier, database, objectStore }));
    const { number } = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    const key = `RUN-${number}`;
    const stored = await database.connection.perturbation.findMany({ where: { runId } });
    expect(new Set(stored.map(({ success }) => success))).toEqual(new Set([true, false]));
    const surest = stored.filter(({ success }) => success).toSorted((a, b) => b.storedConfidence - a.storedConfidence);
    const fields =
      "rows { class label elites { id } trajectories { id } perturbations { bound storedConfidence storedLabel run { key } image { sha256 } } }";
    const { rows } = await compare([{ runIds: [key] }], fields);
    expect(rows.map((row: { class: number }) => row.class)).toEqual(
      [...new Set(surest.map(({ storedClass }) => storedClass))].toSorted((a, b) => a - b),
    );
    for (const row of rows) {
      const best = surest.find(({ storedClass }) => storedClass === row.class);
      expect(row).toEqual({
        class: row.class,
        label: String(row.class),
        elites: [null],
        trajectories: [null],
        perturbations: [
          {
            bound: best?.bound,
            storedConfidence: best?.storedConfidence,
            storedLabel: row.label,
            run: { key },
            image: { sha256: best?.imageSha256 },
          },
        ],
      });
    }
    const beside = await compare(
      [{ runIds: ["RUN-1"] }, { runIds: [key] }],
      `generation ${fields} figures { nicheCount } curves { points { generation } }`,
    );
    expect(beside.rows.map((row: { perturbations: (object | null)[] }) => row.perturbations[0])).toEqual([null, null, null, null, null]);
    expect(beside.rows.filter((row: { perturbations: (object | null)[] }) => row.perturbations[1] !== null)).toHaveLength(rows.length);
    expect(beside.curves[1].points).toEqual([]);
  });

  it("lists the metrics stated by the sources of imported runs, separate from measurements made here", async () => {
    const csv = new TextEncoder().encode(
      "Name,Runtime,val_acc,lr,ID,State\nfirst,3,0.75,0.1,aa,finished\nsecond,4,0.5,0.1,bb,finished\nthird,4,,0.2,cc,finished\n",
    );
    const id = await handIn(api, csv, "runs.csv");
    await carryOutImport(api, id);
    expect(await changeImport(api, "startImport", { importId: id, experimentName: "Imported" })).toMatchObject({
      import: { state: "WRITING" },
    });
    await carryOutImport(api, id);
    const rows = await api.database.connection.run.findMany({ where: { kind: "imported" }, orderBy: { number: "asc" } });
    const [first, second, third] = rows.map(({ number }) => `RUN-${number}`);
    const entries = [{ runIds: ["RUN-1"] }, { name: "ours elsewhere", runIds: [first, second] }, { runIds: [third] }];
    const comparison = await compare(
      entries,
      `claims { name values { values count } } parameters { name values { values count } } lastGeneration
        curves { points { generation } } figures { median { mean } lowerQuartile fooling { mean } } reach { generations }
        tests(measure: MEDIAN) { pairs { p } leftOut } rows { label elites { id } trajectories { id } perturbations { id } }`,
    );
    const claim = comparison.claims.find(({ name }: { name: string }) => name === "val_acc");
    expect(claim.values).toEqual([
      { values: [], count: 0 },
      { values: [0.75, 0.5], count: 2 },
      { values: [], count: 0 },
    ]);
    const rate = comparison.parameters.find(({ name }: { name: string }) => name === "lr");
    expect(rate.values.slice(1)).toEqual([
      { values: [0.1], count: 1 },
      { values: [0.2], count: 1 },
    ]);
    expect(comparison.parameters.map(({ name }: { name: string }) => name)).not.toContain("val_acc");
    expect(comparison.lastGeneration).toBe(12);
    for (const entry of [1, 2]) {
      expect(comparison.curves[entry].points).toEqual([]);
      expect(comparison.figures[entry]).toEqual({ median: null, lowerQuartile: null, fooling: null });
      expect(comparison.reach[entry].generations).toEqual([]);
      for (const row of comparison.rows)
        expect([row.elites[entry], row.trajectories[entry], row.perturbations[entry]]).toEqual([null, null, null]);
    }
    expect(comparison.tests).toEqual({ pairs: [], leftOut: [0, 1, 2] });
  });

  it.each([
    ["no entry", [], "entries"],
    ["25 entries", Array.from({ length: 25 }, () => ({ runIds: ["RUN-1"] })), "entries"],
    ["a group without runs", [{ runIds: [] }], "entries.0.runIds"],
    ["a run twice in a group", [{ runIds: ["RUN-1", "RUN-1"] }], "entries.0.runIds.1"],
    ["a missing run", [{ runIds: ["RUN-1"] }, { runIds: ["RUN-77"] }], "entries.1.runIds.0"],
    ["another kind of key", [{ runIds: ["EXP-1"] }], "entries.0.runIds.0"],
  ])("refuses %s, and names the field", async (_, entries, field) => {
    const error = await compare(entries, "generation");
    expect(error.extensions.field).toBe(field);
  });

  it("refuses a baseline that is no entry, and a negative generation", async () => {
    expect((await compare(groups, "tests(measure: FOOLING, baseline: 2) { leftOut }")).message).toContain("0 to 1");
    expect((await compare(groups, "generation", -1)).extensions.field).toBe("generation");
  });
});
