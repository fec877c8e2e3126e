/** An API with a finished evolution and a second network of the same classes, and short calls of its mutations. */

import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import type { RunContext } from "@pareidolia/workers/runs/runContext";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { expect } from "vitest";
import { startTestApi, type TestApi } from "./api.ts";
import { createLinearClassifier } from "./linearClassifier.ts";
import { readShared } from "./readShared.ts";
import { evolveContext, seedRun, testModel } from "./runs.ts";
import { sendUpload, type Uploaded, type UploadKind } from "./sendUpload.ts";
import { sharedCacheFolder } from "./sharedCache.ts";

const tables = ["runs", "run_events", "models", "photos", "uploads", "chains", "chain_links", "analyses", "workspaces"] as const;

const studyFields = `study { id key title state access revision draft planHash planText linkToken openedAt closedAt forkedFrom { key }
  images(first: 100) { totalCount nodes { index label confidence runnersUp source image { sha256 } } }
  gold: images(role: GOLD) { nodes { label image { sha256 } } } noise: images(role: NOISE) { nodes { image { sha256 width } } } }`;

const mutations = {
  startAscent: ["StartAscentInput", "StartAscentSuccess", "run { id key kind kindLabel method methodLabel state name classes starts }"],
  startPerturbation: ["StartPerturbationInput", "StartPerturbationSuccess", "run { key kind bounds target targetLabel source { sha256 } }"],
  startChain: ["StartChainInput", "StartChainSuccess", "chain { id links { iteration state model { slug } } run { key kind } }"],
  uploadImage: ["UploadImageInput", "UploadImageSuccess", "photo { id name label image { url width height channels } }"],
  registerModel: ["RegisterModelInput", "RegisterModelSuccess", "model { id state labelSpace preprocessing byteLength origin }"],
  checkModel: ["CheckModelInput", "CheckModelSuccess", "model { id state }"],
  ablateElite: ["AblateEliteInput", "StartAnalysisSuccess", "analysis { id kind state }"],
  measureSurvival: ["MeasureSurvivalInput", "StartAnalysisSuccess", "analysis { id kind state }"],
  measureDetectors: ["MeasureDetectorsInput", "StartAnalysisSuccess", "analysis { id kind state }"],
  scoreTransfer: ["ScoreTransferInput", "StartAnalysisSuccess", "analysis { id kind state }"],
  startAnalysis: ["StartAnalysisInput", "StartAnalysisSuccess", "analysis { id kind kindLabel priority state }"],
  scoreImage: ["ScoreImageInput", "StartAnalysisSuccess", "analysis { id kind state priority }"],
  cancelAnalysis: ["CancelAnalysisInput", "CancelAnalysisSuccess", "analysis { id kind state endedAt }"],
  forkRun: [
    "ForkRunInput",
    "ForkRunSuccess",
    "run { key state forkedFrom { key } forkedFromGeneration differences { name label before after } ... on EvolutionRun { generation } }",
  ],
  renameRun: ["RenameRunInput", "RenameRunSuccess", "run { key name }"],
  verifyRun: ["RunInput", "VerifyRunSuccess", "verification { verdict analysis { id state } }"],
  cancelRun: ["RunInput", "CancelRunSuccess", "run { key state }"],
  trashRuns: ["TrashRunsInput", "TrashChangeSuccess", "runCount refused { id code }"],
  deleteFromTrash: ["DeleteFromTrashInput", "TrashChangeSuccess", "runCount refused { id code }"],
  deleteModel: ["DeleteModelInput", "DeleteModelSuccess", "deletedId deleted { runKeys scores analyses }"],
  deletePhoto: ["DeletePhotoInput", "DeletePhotoSuccess", "deletedId"],
  deleteUpload: ["DeleteUploadInput", "DeleteUploadSuccess", "deletedId"],
  createStudy: ["CreateStudyInput", "StudySuccess", studyFields],
  editStudy: ["EditStudyInput", "StudySuccess", studyFields],
  openStudy: ["OpenStudyInput", "StudySuccess", studyFields],
  changeStudyState: ["ChangeStudyStateInput", "StudySuccess", studyFields],
  forkStudy: ["ForkStudyInput", "StudySuccess", studyFields],
  deleteStudy: ["DeleteStudyInput", "DeleteStudySuccess", "deletedId"],
  startEvolution: [
    "StartEvolutionInput",
    "StartEvolutionSuccess",
    "run { key framing { crops imageSize } rerunOf { key } differences { name label before after } }",
  ],
} as const;

type MutationName = keyof typeof mutations;

export interface MutationApi extends TestApi {
  /** The network that the run was evolved against. */
  readonly modelId: string;
  readonly context: () => RunContext & { readonly cacheFolder: string };
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  mutate(name: MutationName, input: object): Promise<any>;
  /** A finished upload. */
  upload(bytes: Uint8Array, kind?: UploadKind): Promise<Uploaded>;
  storePhoto(): ReturnType<MutationApi["mutate"]>;
  /** The contents of all tables that a mutation could change, and the number of jobs. */
  snapshot(): Promise<string>;
  lastJobs(): Promise<string[]>;
  runIdOf(key: string): Promise<string>;
  /** The first preset of the first ascent, or of an attack. */
  presetOf(attack?: string): Promise<string>;
}

export async function startMutationApi(): Promise<MutationApi> {
  const api = await startTestApi();
  const input = { width: 8, height: 8, channels: 1 } as const;
  const classifier = createLinearClassifier({ input, classes: 5 });
  const other = createLinearClassifier({ input, classes: 5, seed: 2 });
  const context = () => ({
    ...evolveContext({ database: api.database, objectStore: api.objectStore, classifier }),
    cacheFolder: sharedCacheFolder(),
    openClassifier: async ({ slug }: { slug: string }) => (slug === "twin" ? other : classifier),
  });
  const runId = await seedRun(api.database);
  await carryOutRun({ runId }, context());
  await seedModels(api.database.connection, [{ ...testModel, id: "twin", name: "Twin", sha256: "1".repeat(64) }]);
  const { nodes } = (await api.query("{ models { nodes { id slug } } }")).body.data.models;
  const mutate = async (name: MutationName, given: object) => {
    const [type, success, fields] = mutations[name];
    const { body } = await api.query(
      `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on ${success} { ${fields} }
        ... on InvalidInputError { field } ... on Error { message } } }`,
      { input: given },
    );
    expect(body.errors).toBeUndefined();
    return body.data[name];
  };
  const upload = (bytes: Uint8Array, kind?: UploadKind) => sendUpload(api, bytes, kind);
  const rowsOf = (statement: string) => api.database.connection.$queryRawUnsafe<{ name: string }[]>(statement);
  return {
    ...api,
    modelId: nodes.find(({ slug }: { slug: string }) => slug === "linear").id,
    context,
    mutate,
    upload,
    async storePhoto() {
      const { id } = await upload(await readShared("photos/cat.bmp"), "PHOTO");
      return (await mutate("uploadImage", { uploadId: id, name: "Cat", label: "cat" })).photo;
    },
    async snapshot() {
      const jobs = await rowsOf("SELECT count(*)::int FROM pareidolia_jobs.job");
      return JSON.stringify([jobs, await Promise.all(tables.map((table) => rowsOf(`SELECT * FROM ${table} ORDER BY 1, 2`)))]);
    },
    async lastJobs() {
      return (await rowsOf("SELECT name FROM pareidolia_jobs.job ORDER BY created_on DESC LIMIT 1")).map(({ name }) => name);
    },
    async runIdOf(key) {
      return (await api.database.connection.run.findFirstOrThrow({ where: { number: Number(key.slice(4)) } })).id;
    },
    async presetOf(attack) {
      const { ascents, attacks } = (await api.query("{ ascents { presets { id } } attacks { id presets { id } } }")).body.data;
      const definition = attack === undefined ? ascents[0] : attacks.find(({ id }: { id: string }) => id === attack);
      return definition.presets[0].id;
    },
  };
}
