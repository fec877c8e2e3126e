/** Restoring an export of a retraining chain: its networks come with it, are inspected like uploads, and score its images. */

import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { OpenClassifier } from "@pareidolia/workers/classifierShelf";
import { storedClassifiers } from "@pareidolia/workers/storedClassifiers";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type BundleChanges, changeBundle } from "../../support/changeBundle.ts";
import { readFewDigits } from "../../support/fewDigits.ts";
import { makeProductExport } from "../../support/productExport.ts";
import { carryOutImport, changeImport, handIn } from "../../support/productImport.ts";
import { queueChain, seedLeNet } from "../../support/queueChain.ts";
import { type Answer, exportFrom, readRun, restore, restoredRuns, rowCounts } from "../../support/restoringBench.ts";
import { evolveContext } from "../../support/runs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

readFewDigits();

let here: TestApi;
let there: TestApi;
let lenet: DifferentiableClassifier;
let exported: { readonly made: Answer; readonly archive: Uint8Array };
const opened: DifferentiableClassifier[] = [];

/** LeNet, and networks that a chain has trained, from the object store. */
function openerOf({ objectStore }: TestApi): OpenClassifier {
  const load = storedClassifiers({ cacheFolder: sharedCacheFolder(), threads: 1, objectStore, log: { info() {}, warn() {}, error() {} } });
  return async (model) => {
    if (model.slug === "lenet") return lenet;
    const classifier = await load(model);
    opened.push(classifier);
    return classifier;
  };
}

const contextOf = (api: TestApi) => ({
  ...evolveContext({ database: api.database, objectStore: api.objectStore, classifier: lenet }),
  openClassifier: openerOf(api),
});

beforeAll(async () => {
  [here, there] = [await startTestApi(), await startTestApi()];
  lenet = await openZooClassifier({ id: "lenet", cacheFolder: sharedCacheFolder(), threads: 1 });
  const runId = await queueChain(here.database, lenet.labels);
  await carryOutRun({ runId }, contextOf(here));
  const { state, failure } = await readRun(here, runId);
  if (state !== "SUCCEEDED") throw new Error(failure ?? state);
  exported = await exportFrom(here, { subject: "RUN", subjectId: "RUN-1" });
  await seedLeNet(there.database, lenet.labels);
});
afterAll(async () => {
  await Promise.all([lenet, ...opened].map((classifier) => classifier.dispose()));
  await here.close();
  await there.close();
});

const restoreThere = (archive: Uint8Array) => restore(there, archive, { changes: { openClassifier: openerOf(there) } });

describe("an export of a retraining chain", () => {
  const last =
    <Row extends object>(change: (row: Row) => Partial<NoInfer<Row>>) =>
    (rows: Row[]): Row[] =>
      rows.map((row, at) => (at === rows.length - 1 ? { ...row, ...change(row) } : row));

  it.each<[string, BundleChanges, readonly "files"[], RegExp]>([
    ["lacks the files of its networks", {}, ["files"], /lacks the file [0-9a-f]{12} of a network\. Export it again/],
    [
      "has a network that claims the classes of another",
      { models: last((row: RowOf<"models">) => (row.origin === "chain" ? { label_space: "imagenet" } : {})) },
      [],
      /states that it has the classes of another network/,
    ],
    [
      "has a surer image of a link",
      { link_elites: last(() => ({ stored_confidence: 0.99999999 })) },
      [],
      /link_elites\.stored_confidence of an elite of DNN_2 of RUN-1, .* is 0\.99999999; computed again/,
    ],
  ])("is refused if it %s, and stores nothing", async (_, changes, without, message) => {
    const before = await rowCounts(there.database);
    const { state, failure } = await restoreThere(await changeBundle(exported.archive, changes, without));
    expect(`${state} ${failure}`).toMatch(message);
    expect(await rowCounts(there.database)).toEqual(before);
  });

  it.each(["CHECKING", "REFUSED"] as const)("has the files of its networks while they are %s", async (state) => {
    const { connection } = here.database;
    await connection.model.updateMany({ where: { origin: "chain" }, data: { state, refusal: state === "REFUSED" ? "No." : null } });
    const { content } = await makeProductExport(here, { subject: "RUN", subjectId: "RUN-1" });
    await connection.model.updateMany({ where: { origin: "chain" }, data: { state: "AVAILABLE", refusal: null } });
    expect(content).toBe(exported.made.content);
  });

  it("is refused if its networks exceed the quota of the workspace", async () => {
    const id = await handIn(there, exported.archive, "export.zip");
    await carryOutImport(there, id);
    const setQuota = (storageQuota: bigint | null) =>
      there.database.connection.workspace.update({ where: { id: localWorkspaceId }, data: { storageQuota } });
    await setQuota(BigInt(exported.archive.length + 1_000));
    expect(await changeImport(there, "startImport", { importId: id })).toMatchObject({
      __typename: "QuotaExceededError",
      message: expect.stringContaining("This needs"),
    });
    await setQuota(null);
    expect(await changeImport(there, "cancelImport", { importId: id })).toMatchObject({ import: { state: "CANCELLED" } });
  });

  it("is restored with its networks, and exported again identically", async () => {
    const restored = await restoreThere(exported.archive);
    expect(restored).toMatchObject({ state: "SUCCEEDED", failure: null, runCount: 1 });
    const [run] = await restoredRuns(there, restored.id);
    const links = await there.database.connection.chainLink.findMany({
      where: { runId: run?.id ?? "" },
      orderBy: { iteration: "asc" },
      include: { model: true },
    });
    expect(links.map(({ state, model }) => [state, model?.origin, model?.state])).toEqual([
      ["SUCCEEDED", "zoo", "AVAILABLE"],
      ["SUCCEEDED", "chain", "AVAILABLE"],
    ]);
    expect(await there.objectStore.has(fileKey(links[1]?.model?.sha256 ?? ""))).toBe(true);
    expect(links[1]?.model?.report).toMatchObject({ format: "onnx" });
    const again = await makeProductExport(there, { subject: "RUN", subjectId: `RUN-${run?.number}` });
    expect(again.tables).toEqual(exported.made.tables);
    expect(again.content).toBe(exported.made.content);
    // The second time, the network is here already.
    const models = await there.database.connection.model.count();
    expect(await restoreThere(exported.archive)).toMatchObject({ state: "SUCCEEDED", failure: null });
    expect(await there.database.connection.model.count()).toBe(models);
  });
});
