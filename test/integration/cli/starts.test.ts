/** Starts of the command line against a real API: a dry run and a refused start create nothing. */
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "../../support/commandLine.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { testModel } from "../../support/runs.ts";

let api: MutationApi;
let cli: CommandLine;
let photo: string;

beforeAll(async () => {
  // RUN-1 in EXP-1 is an evolution of 12 generations.
  api = await startMutationApi();
  const ten = { ...testModel, id: "ten", width: 28, height: 28, sha256: "4".repeat(64), labels: Array.from("0123456789") };
  await seedModels(api.database.connection, [ten]);
  photo = (await api.storePhoto()).id;
  cli = openCommandLine({ PAREIDOLIA_URL: api.url });
});
afterAll(() => api.close());

const stored = async () => {
  const { connection } = api.database;
  const counts = [connection.experiment.count(), connection.run.count(), connection.sweep.count(), connection.auditEntry.count()];
  return JSON.stringify([await Promise.all(counts), await api.snapshot()]);
};
const inExperiment = ["--experiment", "EXP-1", "--seed", "7"];
const swept = ["--model", "linear", "--encoding", "direct", "--generations", "2"];
const inNew = ["--new-experiment", "Left behind", "--seed", "7"];

const starts: readonly (readonly [kind: string, words: () => readonly string[], plan: object])[] = [
  ["evolution", () => ["--model", "linear", "--generations", "5", "--offspring", "8"], { method: "direct", evaluations: 48 }],
  ["ascent", () => ["--model", "linear", "--classes", "0,1", "--starts", "2", "--set", "iterations=5"], { kind: "ascent", seed: 7 }],
  ["perturbation", () => ["--model", "linear", "--attack", "fgsm", "--source", photo, "--bounds", "1,2"], { method: "fgsm" }],
  ["chain", () => ["--model", "ten", "--name", "C", "--iterations", "2"], { kind: "retraining" }],
];

describe("a dry run", () => {
  it.each(starts)(
    "shows what would start, in an experiment that exists and in a new one, and creates nothing: %s",
    async (kind, words, plan) => {
      const before = await stored();
      for (const place of [inExperiment, inNew]) {
        expect(await cli.json(["run", kind, ...words(), ...place, "--dry-run"])).toMatchObject({ ...plan, seed: 7 });
        const { out } = await cli.run(["run", kind, ...words(), ...place, "--dry-run"]);
        expect(out).toMatch(/^Kind +\w+\nMethod .*\nPreset .*\nSeed +7\nEvaluations +[\d,]+\n[\s\S]*Nothing was started\.\n$/);
      }
      expect(await stored()).toBe(before);
    },
  );

  it("of a sweep shows its size, also in a new experiment", async () => {
    const before = await stored();
    const { code, out } = await cli.run(["run", "sweep", ...swept, "--axis", "offspring=8,10", ...inNew, "--dry-run"]);
    expect([code, out]).toEqual([0, "The sweep has 2 points and 2 runs. Nothing was started.\n"]);
    expect(await stored()).toBe(before);
  });

  it("is refused where the start is, with its exit code", async () => {
    const evolution = ["run", "evolution", "--model", "linear", "--dry-run"];
    expect(await cli.run([...evolution, "--experiment", "EXP-99"])).toMatchObject({ code: 3, out: "" });
    expect(await cli.run([...evolution, ...inExperiment, "--offspring", "7"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("even"),
    });
  });
});

describe("a start in a new experiment", () => {
  const refused: readonly (readonly [words: () => readonly string[], message: string])[] = [
    [() => ["evolution", "--model", "linear", "--offspring", "7"], '"offspring" must be even'],
    [() => ["evolution", "--model", "linear", "--set", "mutationRate=3"], "Mutation rate must be"],
    [() => ["ascent", "--model", "linear", "--classes", "99"], "There is no class 99"],
    [() => ["perturbation", "--model", "linear", "--attack", "fgsm", "--source", photo, "--bounds", "0.1"], "cannot change by less"],
    [() => ["chain", "--model", "linear", "--name", "C"], "has 10 classes; this model has 5"],
    [() => ["sweep", ...swept, "--axis", "offspring=8,9"], "value 9"],
  ];
  it.each(refused)("leaves no experiment behind if it is refused: %#", async (words, message) => {
    const before = await stored();
    expect(await cli.run(["run", ...words(), ...inNew])).toMatchObject({ code: 2, out: "", err: expect.stringContaining(message) });
    expect(await stored()).toBe(before);
  });

  it("creates the experiment once everything is accepted", async () => {
    const words = ["--model", "linear", "--generations", "2", "--new-experiment", "Accepted", "--seed", "7", "--json"];
    const started = await cli.run(["run", "evolution", ...words]);
    expect([started.code, started.err]).toEqual([0, expect.stringMatching(/^Created EXP-\d+, Accepted\.\n$/)]);
    const [row] = await cli.json(["query", "experiment = Accepted", "--columns", "key,experiment"]);
    expect(row.key).toBe(JSON.parse(started.out).key);
  });
});
