/** The plan of a run that is not started: it says what the start creates, refuses what the start refuses, and creates nothing. */
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stranger } from "../../support/actors.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { testModel } from "../../support/runs.ts";

let api: MutationApi;
let digits: string;
let photo: string;

beforeAll(async () => {
  // RUN-1 in EXP-1 is an evolution.
  api = await startMutationApi();
  const ten = { ...testModel, id: "ten", width: 28, height: 28, sha256: "4".repeat(64), labels: Array.from("0123456789") };
  await seedModels(api.database.connection, [ten]);
  const { nodes } = (await api.query("{ models { nodes { id slug } } }")).body.data.models;
  digits = nodes.find(({ slug }: { slug: string }) => slug === "ten").id;
  photo = (await api.storePhoto()).id;
});
afterAll(() => api.close());

type Input = Readonly<Record<string, unknown>>;

const starts = {
  evolution: "startEvolution",
  ascent: "startAscent",
  perturbation: "startPerturbation",
  retraining: "startChain",
  fork: "forkRun",
} as const;
type Kind = keyof typeof starts;

function inputOf(kind: Kind): Input {
  const shared = { experimentId: "EXP-1", modelId: api.modelId, seed: 7 };
  const inputs = {
    evolution: { ...shared, encoding: "direct", preset: "paper", generations: 3, parameters: { mutationRate: 0.3 } },
    ascent: { ...shared, preset: "adam-log-posterior", classes: [1, 4], starts: 2 },
    perturbation: { ...shared, sourceId: photo, attack: "fgsm", preset: "faint", bounds: [1, 2] },
    retraining: { ...shared, modelId: digits, name: "Chain", dataset: "mnist", iterations: 2, preset: "quick" },
    fork: { runId: "RUN-1", generation: 5, generations: 20, seed: 7 },
  };
  return inputs[kind];
}

const document = "query ($input: PlanRunInput!) { planRun(input: $input) { kind method preset parameters seed evaluations } }";
const plan = (kind: Kind | "rerun", input: Input) => api.query(document, { input: { [kind]: input } });

describe("the plan of a run", () => {
  it.each(Object.keys(starts) as Kind[])("says what the start creates, and creates nothing: %s", async (kind) => {
    const before = await api.snapshot();
    const { body } = await plan(kind, inputOf(kind));
    expect(body.errors).toBeUndefined();
    expect(await api.snapshot()).toBe(before);
    const started = await api.mutate(starts[kind], inputOf(kind));
    const { key } = (started.run ?? started.chain.run) as { key: string };
    const fields = "kind method preset parameters seed totalEvaluations";
    const { totalEvaluations, ...run } = (await api.query(`{ node(id: "${key}") { ... on Run { ${fields} } } }`)).body.data.node;
    expect(body.data.planRun).toEqual({ ...run, evaluations: totalEvaluations });
  });

  const wrong: readonly (readonly [kind: Kind, change: Input])[] = [
    ["evolution", { offspring: 7 }],
    ["evolution", { seed: -1 }],
    ["evolution", { parameters: { mutationRate: 3 } }],
    ["evolution", { experimentId: "EXP-99" }],
    ["ascent", { classes: [99] }],
    ["perturbation", { bounds: [0.1] }],
    ["retraining", { name: " " }],
    ["retraining", { dataset: "none" }],
    ["fork", { generation: 99 }],
    ["fork", { runId: "RUN-99" }],
  ];
  it.each(wrong)("is refused as the start is, in the same words: %s %o", async (kind, change) => {
    const input = { ...inputOf(kind), ...change };
    const { message, field } = await api.mutate(starts[kind], input);
    const [error] = (await plan(kind, input)).body.errors;
    expect(message).toEqual(expect.any(String));
    expect(error.message).toBe(message);
    // Only an invalid input has a field in a payload.
    if (field !== undefined) expect(error.extensions.field).toBe(field);
  });

  it("starts a chain whose run has its name, and which has the name of its run", async () => {
    const { chain } = await api.mutate("startChain", { ...inputOf("retraining"), name: "Two links" });
    const names = async () => {
      const { data } = (
        await api.query(`{ node(id: "${chain.run.key}") { ... on RetrainingRun { name chain { name latestElites { niche } } } } }`)
      ).body;
      return data.node;
    };
    expect(await names()).toEqual({ name: "Two links", chain: { name: "Two links", latestElites: [] } });
    await api.mutate("renameRun", { runId: chain.run.key, name: "One link" });
    expect((await names()).chain.name).toBe("One link");
    await api.mutate("renameRun", { runId: chain.run.key, name: "" });
    expect((await names()).chain.name).toBe("Two links");
  });

  it("of a rerun is that of its run, and is refused where the rerun leaves the run out", async () => {
    const before = await api.snapshot();
    const { data } = (await plan("rerun", { runId: "RUN-1" })).body;
    const { seed, parameters, preset } = await api.database.connection.run.findUniqueOrThrow({ where: { id: await api.runIdOf("RUN-1") } });
    expect(data.planRun).toMatchObject({ kind: "evolution", seed, parameters, preset });
    expect((await plan("rerun", { runId: "RUN-99" })).body.errors[0].extensions.code).toBe("NOT_FOUND");
    const { connection } = api.database;
    await connection.experiment.updateMany({ where: { number: 1 }, data: { archivedAt: new Date() } });
    const [refused] = (await plan("rerun", { runId: "RUN-1" })).body.errors;
    await connection.experiment.updateMany({ where: { number: 1 }, data: { archivedAt: null } });
    expect(refused).toMatchObject({ message: expect.stringContaining("archived"), extensions: { code: "CONFLICT" } });
    expect(await api.snapshot()).toBe(before);
  });

  it("checks everything else where its experiment does not exist yet", async () => {
    const created = { ...inputOf("evolution"), experimentId: "" };
    expect((await plan("evolution", created)).body.data.planRun).toMatchObject({ kind: "evolution", seed: 7 });
    expect((await plan("evolution", { ...created, generations: 0 })).body.errors[0].extensions.field).toBe("input.generations");
  });

  it("is refused in an experiment that is archived or locked", async () => {
    const change = async (mutation: string) =>
      expect((await api.query(`mutation { ${mutation} { __typename } }`)).body.errors).toBeUndefined();
    await change('createExperiment(input: { name: "Closed" })');
    const { nodes } = (await api.query('{ experiments(search: "name = Closed") { nodes { key } } }')).body.data.experiments;
    const experimentId: string = nodes[0].key;
    const refusal = async () => (await plan("evolution", { ...inputOf("evolution"), experimentId })).body.errors?.[0];
    await change(`archiveExperiment(input: { experimentId: "${experimentId}" })`);
    expect(await refusal()).toMatchObject({ message: expect.stringContaining("is archived"), extensions: { code: "CONFLICT" } });
    await change(`archiveExperiment(input: { experimentId: "${experimentId}", archived: false })`);
    expect(await refusal()).toBeUndefined();
    await change(`lockExperiment(input: { experimentId: "${experimentId}" })`);
    expect(await refusal()).toMatchObject({ message: expect.stringContaining("locked"), extensions: { code: "CONFLICT" } });
  });

  it("needs exactly one kind of run, and a member who may start runs", async () => {
    const two = { evolution: inputOf("evolution"), ascent: inputOf("ascent") };
    for (const input of [{}, two])
      expect((await api.query(document, { input })).body.errors[0].message).toContain("exactly one of evolution, ascent");
    const refused = await api.query(document, { input: { evolution: inputOf("evolution") } }, stranger);
    expect(refused.body.errors[0].extensions.code).toMatch(/NOT_FOUND|FORBIDDEN|NO_WORKSPACE/);
  });
});
