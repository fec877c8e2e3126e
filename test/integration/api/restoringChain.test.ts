/** A retraining chain is exported halfway, restored on another server, and ends there with the same hash. */

import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { OpenClassifier } from "@pareidolia/workers/classifierShelf";
import { storedClassifiers } from "@pareidolia/workers/storedClassifiers";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { readFewDigits } from "../../support/fewDigits.ts";
import { carryOutImport, changeImport, handIn, readImport } from "../../support/productImport.ts";
import { queueChain, seedLeNet } from "../../support/queueChain.ts";
import { exportFrom, readRun, restoredRuns } from "../../support/restoringBench.ts";
import { evolveContext } from "../../support/runs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

readFewDigits();

let here: TestApi;
let there: TestApi;
let lenet: DifferentiableClassifier;
const opened: DifferentiableClassifier[] = [];

beforeAll(async () => {
  [here, there] = [await startTestApi(), await startTestApi()];
  lenet = await openZooClassifier({ id: "lenet", cacheFolder: sharedCacheFolder(), threads: 1 });
});
afterAll(async () => {
  await Promise.all([lenet, ...opened].map((classifier) => classifier.dispose()));
  await here.close();
  await there.close();
});

/** Opens LeNet, and the networks that chains have trained, from the store. */
const openerOf =
  ({ objectStore }: TestApi): OpenClassifier =>
  async (model) => {
    if (model.slug === "lenet") return lenet;
    const log = { info() {}, warn() {}, error() {} };
    const classifier = await storedClassifiers({ cacheFolder: sharedCacheFolder(), threads: 1, objectStore, log })(model);
    opened.push(classifier);
    return classifier;
  };
const contextOf = (api: TestApi, overrides: object = {}) => ({
  ...evolveContext({ database: api.database, objectStore: api.objectStore, classifier: lenet }),
  openClassifier: openerOf(api),
  ...overrides,
});

it("resumes after its last finished link, and gets the same hash as on the original server", async () => {
  const runId = await queueChain(here.database, lenet.labels);
  await seedLeNet(there.database, lenet.labels);
  const stop = new AbortController();
  const stopping: OpenClassifier = async (model) => {
    // The second network is trained, but no image has been evolved against it yet.
    if (model.slug !== "lenet") stop.abort();
    return openerOf(here)(model);
  };
  await carryOutRun({ runId }, contextOf(here, { stop: stop.signal, openClassifier: stopping }));
  expect((await readRun(here, runId)).state).toBe("QUEUED");
  const { archive } = await exportFrom(here, { subject: "RUN", subjectId: `RUN-${(await readRun(here, runId)).number}` });
  const importId = await handIn(there, archive, "export.zip");
  await carryOutImport(there, importId, { openClassifier: openerOf(there) });
  const ready = await readImport(there, importId);
  expect([ready.failure, ready.preview.warnings.join()]).toEqual([
    null,
    expect.stringMatching(/RUN-\d+ was not finished: it will be paused, and can be resumed/),
  ]);
  await changeImport(there, "startImport", { importId });
  await carryOutImport(there, importId, { openClassifier: openerOf(there) });
  expect(await readImport(there, importId)).toMatchObject({ state: "SUCCEEDED", failure: null });
  const [restored] = await restoredRuns(there, importId);
  const id = restored?.id ?? "";
  const links = await there.database.connection.chainLink.findMany({ where: { runId: id }, orderBy: { iteration: "asc" } });
  expect([restored?.state, links.map(({ state }) => state)]).toEqual(["PAUSED", ["SUCCEEDED", "QUEUED"]]);
  const resume = "mutation ($id: ID!) { resumeRun(input: { runId: $id }) { __typename ... on Error { message } } }";
  const { body } = await there.query(resume, { id: `RUN-${restored?.number}` });
  expect(body.data.resumeRun).toEqual({ __typename: "ResumeRunSuccess" });
  await carryOutRun({ runId: id }, contextOf(there));
  await carryOutRun({ runId }, contextOf(here));
  const [ended, original] = [await readRun(there, id), await readRun(here, runId)];
  expect([ended.state, ended.failure, ended.archiveHash]).toEqual(["SUCCEEDED", null, original.archiveHash]);
});
