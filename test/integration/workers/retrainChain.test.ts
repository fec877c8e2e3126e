/** A retraining chain through the worker's task, small enough for a test: LeNet, 320 digits and one short evolution per network. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { splitImages } from "@pareidolia/classifiers/data/labelledImages";
import { getOwnModel } from "@pareidolia/classifiers/training/ownModels";
import { findZooModel } from "@pareidolia/classifiers/zoo/manifest";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { weightOfShare } from "@pareidolia/core/retrainingChain";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { retrainChain as retrainInLab } from "@pareidolia/lab/experiments/retrainingChain";
import { markLinkRunning } from "@pareidolia/persistence/lab/chains/writeLinks";
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { commitRun } from "@pareidolia/persistence/lab/runs/commitRun";
import { maxAttempts, requeueExpiredRuns } from "@pareidolia/persistence/lab/runs/expiredLeases";
import { cancelRun, resumeRun } from "@pareidolia/persistence/lab/runs/runControl";
import { type Connection, type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { fileKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { OpenClassifier } from "@pareidolia/workers/classifierShelf";
import { storedClassifiers } from "@pareidolia/workers/storedClassifiers";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { verifyRun } from "@pareidolia/workers/verification/verifyRun";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { inFull } from "../../support/extent/inFull.ts";
import { readFewDigits } from "../../support/fewDigits.ts";
import { queueChain } from "../../support/queueChain.ts";
import { evolveContext } from "../../support/runs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

readFewDigits();

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
let lenet: DifferentiableClassifier;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-chain-"));
  objectStore = openFolderStore({ folder });
  lenet = await openZooClassifier({ id: "lenet", cacheFolder: sharedCacheFolder(), threads: 1 });
});
afterAll(async () => {
  await Promise.all([lenet, ...opened].map((classifier) => classifier.dispose()));
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const seedChain = (): Promise<string> => queueChain(database, lenet.labels);

/** The networks of later links, which the test closes. */
const opened: DifferentiableClassifier[] = [];
const openLink: OpenClassifier = async (model) => {
  if (model.slug === "lenet") return lenet;
  const load = storedClassifiers({ cacheFolder: sharedCacheFolder(), threads: 1, objectStore, log: { info() {}, warn() {}, error() {} } });
  const classifier = await load(model);
  opened.push(classifier);
  return classifier;
};

const context = (overrides: object = {}) => ({
  ...evolveContext({ database, objectStore, classifier: lenet }),
  openClassifier: openLink,
  ...overrides,
});
const readRun = (id: string) => database.connection.run.findUniqueOrThrow({ where: { id } });
const readLinks = (runId: string) =>
  database.connection.chainLink.findMany({ where: { runId }, orderBy: { iteration: "asc" }, include: { elites: true, model: true } });

describe("a retraining chain", () => {
  /** The hash of an uninterrupted chain. */
  let uninterrupted: string | null = null;

  it("resumes after its worker stops, and stores each network with its test error and fooling images", async () => {
    const runId = await seedChain();
    const stop = new AbortController();
    const enqueued: string[] = [];
    const stopping = {
      stop: stop.signal,
      queue: { enqueue: async (_: unknown, name: string) => void enqueued.push(name) },
      openClassifier: async () => {
        stop.abort();
        return lenet;
      },
    };
    await carryOutRun({ runId }, context(stopping));
    expect([(await readRun(runId)).state, enqueued]).toEqual(["QUEUED", ["carryOutRun"]]);
    await carryOutRun({ runId }, context());
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", failure: null, evaluations: 120 });
    const [first, second] = await readLinks(runId);
    if (first === undefined || second === undefined) throw new Error("A link is missing.");
    expect(first).toMatchObject({ state: "SUCCEEDED", foolingShare: null, foolingImages: null, model: { slug: "lenet" } });
    expect(first.testError).toBe(findZooModel("lenet")?.testError);
    expect(second).toMatchObject({ state: "SUCCEEDED", model: { origin: "chain", state: "AVAILABLE" } });
    expect(second.model?.labels.length).toBe(11);
    expect(second.foolingImages).toBeGreaterThanOrEqual(10);
    expect(second.foolingShare).toBeGreaterThanOrEqual(0);
    expect(second.testError).toBeGreaterThan(0);
    expect(second.testError).toBeLessThan(1);
    expect(await objectStore.has(fileKey(second.model?.sha256 ?? ""))).toBe(true);
    for (const link of [first, second]) {
      expect(link.medianConfidence).not.toBeNull();
      expect(link.elites.length).toBeGreaterThan(0);
      for (const elite of link.elites) expect(await objectStore.has(imageKey(elite.imageSha256))).toBe(true);
    }
    const events = await database.connection.runEvent.findMany({ where: { runId }, orderBy: { seq: "asc" } });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  });

  it("produces the same hashes as the lab's chain with the same plan", async () => {
    const runId = await seedChain();
    await carryOutRun({ runId }, context());
    const { archiveHash } = await readRun(runId);
    uninterrupted = archiveHash;
    const links = await readLinks(runId);
    const model = getOwnModel("lenet");
    const data = await model.dataSet.read({ cacheFolder: sharedCacheFolder() });
    const weight = weightOfShare(0.2);
    const studied = await retrainInLab({
      model,
      first: lenet,
      firstTestError: 0,
      data: { ...data, fitted: splitImages(data.fitted, 320)[0] },
      recipe: { ...model.recipe, epochs: 1 },
      encoding: cppnEncoding,
      parameters: cppnEncoding.presets.find(({ id }) => id === "released-code")?.values ?? {},
      links: [
        { runs: 1, weight },
        { runs: 1, weight },
      ],
      generations: 2,
      offspring: 20,
      seed: 1,
      onProgress: () => undefined,
    });
    expect(studied.hashes).toEqual(
      links.map(({ iteration, model: trained, metrics }) => ({
        network: iteration,
        model: iteration === 1 ? null : trained?.sha256,
        images: (metrics as { images: string }).images,
      })),
    );
    expect(studied.hash).toBe(archiveHash);
    expect(studied.networks.map(({ testError }) => testError).at(1)).toBe(links[1]?.testError);
  });

  inFull("is equal bit for bit when it is verified, and differs at the link whose network was changed", async () => {
    const runId = await seedChain();
    await carryOutRun({ runId }, context());
    const verify = () => verifyRun(runId, { ...context(), signal: new AbortController().signal, report: async () => undefined });
    // The networks of links are opened by another engine than the chain's first network.
    await database.connection.run.update({ where: { id: runId }, data: { manifest: { engines: [lenet.engine] } } });
    expect(await verify()).toMatchObject({ verdict: "EQUAL", unit: "links", steps: 2, difference: null });
    const [, second] = await readLinks(runId);
    await database.connection.model.update({
      where: { id: second?.modelId ?? "" },
      data: { sha256: second?.model?.sha256.replace(/./g, "0") ?? "" },
    });
    expect(await verify()).toMatchObject({ verdict: "DIFFERENT", difference: { step: 1, parts: [{ name: "test error of DNN_2" }] } });
  });

  it("records each engine that opened its networks, and the hash of its first network", async () => {
    const runId = await seedChain();
    const stop = new AbortController();
    const elsewhere = { ...lenet, engine: "an engine on another machine" };
    const stopping = {
      stop: stop.signal,
      openClassifier: async () => elsewhere,
      // The first link is saved, then the worker stops.
      log: { info() {}, warn() {}, error() {} },
      queue: { enqueue: async () => undefined },
      objectStore: {
        ...objectStore,
        put: async (...what: Parameters<ObjectStore["put"]>) => {
          stop.abort();
          return objectStore.put(...what);
        },
      },
    };
    await carryOutRun({ runId }, context(stopping));
    expect((await readLinks(runId)).map(({ state }) => state)).toEqual(["SUCCEEDED", "QUEUED"]);
    await carryOutRun({ runId }, context());
    const { state, manifest, archiveHash } = await readRun(runId);
    expect(state).toBe("SUCCEEDED");
    expect(archiveHash).toBe(uninterrupted);
    expect(manifest).toMatchObject({ modelHash: lenet.modelHash, engines: [elsewhere.engine, opened.at(-1)?.engine] });
  });

  it("is cancelled during an evolution", async () => {
    const runId = await seedChain();
    let lease: { refresh(): Promise<void> } | null = null;
    const cancelling: DifferentiableClassifier = {
      ...lenet,
      predict: async (images, signal) => {
        if ((await readRun(runId)).control === "NONE") await database.transaction((transaction) => cancelRun(transaction, { runId }));
        await lease?.refresh();
        return lenet.predict(images, signal);
      },
    };
    const overrides = { openClassifier: async () => cancelling, onHeld: (_: string, held: typeof lease) => void (lease = held) };
    await carryOutRun({ runId }, context(overrides));
    expect((await readRun(runId)).state).toBe("CANCELLED");
    expect((await readLinks(runId)).map(({ state }) => state)).toEqual(["QUEUED", "QUEUED"]);
  });

  const statesOf = async (runId: string) => [
    (await readRun(runId)).state,
    ...(await readLinks(runId)).map(({ state, endedAt }) => (endedAt === null ? state : `${state}, ended`)),
  ];

  it("fails together with its link, and requeues the link when a user resumes it", async () => {
    const runId = await seedChain();
    const broken: DifferentiableClassifier = { ...lenet, predict: () => Promise.reject(new Error("The engine broke.")) };
    await carryOutRun({ runId }, context({ openClassifier: async () => broken }));
    expect(await statesOf(runId)).toEqual(["FAILED", "FAILED, ended", "QUEUED"]);
    await database.transaction((transaction) => resumeRun(transaction, { runId }));
    expect(await statesOf(runId)).toEqual(["QUEUED", "QUEUED", "QUEUED"]);
  });

  it("crashes after several lost workers, even if each of them starts a link", async () => {
    const runId = await seedChain();
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const run = await database.transaction((transaction) => claimRun(transaction, { runId, workerId: "w", leaseSeconds: 10 }));
      const [first] = await readLinks(runId);
      const linkId = first?.id ?? "";
      const event = { kind: "PROGRESS", payload: { linkIds: [linkId] } } as const;
      const write = (connection: Connection) => markLinkRunning(connection, linkId);
      const delta = { evaluations: 0, speed: null, resultHash: null, outcome: null, event, write };
      const commit = { runId, leaseToken: run?.leaseToken ?? "", leaseSeconds: 10, delta };
      await database.transaction((transaction) => commitRun(transaction, commit));
      await database.connection.run.update({ where: { id: runId }, data: { leaseExpiresAt: new Date(0) } });
      await database.transaction((transaction) => requeueExpiredRuns(transaction));
    }
    expect((await readRun(runId)).state).toBe("CRASHED");
  });

  it.each([
    ["crashes", { attempts: maxAttempts }, ["CRASHED", "FAILED, ended", "QUEUED"]],
    ["is cancelled", { control: "CANCEL" }, ["CANCELLED", "QUEUED", "QUEUED"]],
    ["is paused", { control: "PAUSE" }, ["PAUSED", "QUEUED", "QUEUED"]],
    ["is retried", {}, ["QUEUED", "QUEUED", "QUEUED"]],
  ] as const)("leaves no link running when its worker is lost and it %s", async (_what, change, states) => {
    const runId = await seedChain();
    await database.transaction((transaction) => claimRun(transaction, { runId, workerId: "w", leaseSeconds: 10 }));
    const [first] = await readLinks(runId);
    await markLinkRunning(database.connection, first?.id ?? "");
    expect(await statesOf(runId)).toEqual(["RUNNING", "RUNNING", "QUEUED"]);
    await database.connection.run.update({ where: { id: runId }, data: { leaseExpiresAt: new Date(0), ...change } });
    await database.transaction((transaction) => requeueExpiredRuns(transaction));
    expect(await statesOf(runId)).toEqual(states);
  });
});
