/** Fills the local workspace with at least one row of every noun. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { createRun } from "@pareidolia/persistence/lab/runs/createRun";
import { meanSpeed } from "@pareidolia/persistence/lab/runs/runTimes";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import type { AccountsApi } from "../support/accounts.ts";
import { stranger } from "../support/actors.ts";
import { createLinearClassifier } from "../support/linearClassifier.ts";
import { seedAscent, seedPerturbation } from "../support/queuedRuns.ts";
import { evolveContext, seedRun, testModel } from "../support/runs.ts";
import { postForm, requestUpload, sendUpload, type UploadKind, type UploadSender } from "../support/sendUpload.ts";
import { writeBallots } from "./ballots.ts";
import { uncoded, writeCodings, writeTexts } from "./codings.ts";
import { createRemoved } from "./createRemoved.ts";
import { writeElite } from "./elites.ts";
import { writeExports } from "./exports.ts";
import { writeImports } from "./imports.ts";
import { deletedWorkspaceId, keyOfAnother, spareSessionOf } from "./people.ts";
import { writeRecognition } from "./recognition.ts";
import { writeReleases } from "./releases.ts";
import { writeRooms } from "./rooms.ts";
import { rowIdOf } from "./rowIdOf.ts";
import { writeSavedComparisons } from "./savedComparisons.ts";
import { writeSweeps } from "./sweeps.ts";
import type { Filled } from "./things.ts";
import { idsOfPerson, writeTracking } from "./tracking.ts";
import { writeTrash } from "./trash.ts";

const input = { width: 8, height: 8, channels: 1 } as const;
const ascent = { classes: [0, 3], starts: 2 };

/** Later than any request of the matrix, so that workers stay alive. */
function soon(): Date {
  return new Date(Date.now() + 3_600_000);
}

async function seedRuns(api: AccountsApi, seed: number) {
  const { database, objectStore } = api;
  const { connection } = database;
  await seedModels(connection, [{ ...testModel, id: "twin", name: "Twin", sha256: "1".repeat(64) }]);
  const classifiers = [1, 2].map((weights) => createLinearClassifier({ input, classes: 5, seed: weights }));
  const [classifier, twin] = classifiers as [ReturnType<typeof createLinearClassifier>, ReturnType<typeof createLinearClassifier>];
  const context = {
    ...evolveContext({ database, objectStore, classifier }),
    openClassifier: async ({ slug }: { slug: string }) => (slug === "twin" ? twin : classifier),
  };
  const evolution = await seedRun(database, { seed });
  await carryOutRun({ runId: evolution }, context);
  const { genome } = await connection.elite.findFirstOrThrow({
    where: { runId: evolution },
    orderBy: [{ niche: "asc" }, { generation: "desc" }],
    select: { genome: { select: { imageSha256: true } } },
  });
  const { imageSha256 } = genome;
  const search = [
    { stepSize: 4, decay: 0 },
    { stepSize: 8, decay: 0 },
  ];
  const ascended = await seedAscent(database, { ...ascent, seed, search });
  await carryOutRun({ runId: ascended }, context);
  const perturbation = await seedPerturbation(database, { sourceSha256: imageSha256, seed });
  await carryOutRun({ runId: perturbation }, context);
  const [queued, paused, running] = [
    await seedRun(database, { seed }),
    await seedRun(database, { seed }),
    await seedRun(database, { seed }),
  ];
  // Sharing one experiment then shares an object of every noun that can be shared.
  const { experimentId } = await connection.run.findUniqueOrThrow({ where: { id: evolution } });
  const ids = [ascended, perturbation, queued, paused, running];
  await connection.run.updateMany({ where: { id: { in: ids } }, data: { experimentId } });
  const framing = { kind: "crops", count: 1, imageSize: 16 };
  await connection.run.update({ where: { id: evolution }, data: { framing } });
  await connection.run.update({ where: { id: paused }, data: { state: "PAUSED" } });
  const worker = { id: `worker_${seed}`, host: "test", processId: seed, engine: "test", heartbeatAt: soon() };
  await connection.worker.create({ data: worker });
  const lease = { workerId: worker.id, leaseToken: worker.id, leaseExpiresAt: soon() };
  await connection.run.update({ where: { id: running }, data: { state: "RUNNING", ...lease } });
  return {
    context,
    sha256: imageSha256,
    computing: running,
    runs: { evolution, ascent: ascended, perturbation, queued, paused },
  };
}

/** The file of the unfinished upload. */
export const sentBytes = Uint8Array.of(1, 2, 3);

type Ask = (field: string, type: string, fields: string, given: object) => Promise<{ readonly study: { readonly id: string } }>;

/** Returns the ID of a draft that shows the run's images. */
async function createStudy(ask: Ask, runId: string, template?: string): Promise<string> {
  const runIds = [encodeGlobalId("Run", runId)];
  const { study } = await ask("createStudy", "CreateStudyInput", "... on StudySuccess { study { id } }", {
    title: "Study",
    runIds,
    template,
  });
  return study.id;
}

/** Runs and their results are stored directly; analyses, uploads, photos, keys and invitations are made as the owner makes them. */
export async function populate(api: AccountsApi, seed: number): Promise<Filled> {
  const { connection } = api.database;
  const { context, sha256, computing, runs } = await seedRuns(api, seed);
  const ask = async (field: string, type: string, fields: string, given: object) => {
    const query = `mutation ($input: ${type}!) { result: ${field}(input: $input) { __typename ... on Error { message } ${fields} } }`;
    const { body } = await api.ask(api.owner, query, { input: given });
    if (!String(body.data?.result.__typename).endsWith("Success")) throw new Error(`${field}: ${JSON.stringify(body)}`);
    return body.data.result;
  };
  const headers = { cookie: api.owner.cookie, origin: "http://127.0.0.1:3000" };
  const sender: UploadSender = { url: api.url, headers, query: (document, variables) => api.ask(api.owner, document, variables) };
  const upload = async (bytes: Uint8Array, kind: UploadKind): Promise<string> => (await sendUpload(sender, bytes, kind)).id;
  const ofRun = { where: { runId: runs.evolution } };
  const elite = encodeGlobalId(
    "Elite",
    (await connection.elite.findFirstOrThrow({ ...ofRun, orderBy: [{ niche: "asc" }, { generation: "desc" }] })).id,
  );
  const about = {
    survival: [elite],
    ablation: [elite],
    scoring: [encodeGlobalId("Image", sha256)],
    detectors: [encodeGlobalId("Run", runs.evolution)],
    verification: [encodeGlobalId("Run", runs.evolution)],
  };
  // A changed result, for a verification that finds a difference. The run's changed framing shows in its first generation, so this is one of it.
  const first = { where: { ...ofRun.where, generation: 0 }, orderBy: { niche: "desc" } } as const;
  const { id: changedId, fitness } = await connection.elite.findFirstOrThrow(first);
  await connection.elite.update({ where: { id: changedId }, data: { fitness: fitness / 2 } });
  await ask("forkRun", "ForkRunInput", "... on ForkRunSuccess { run { id } }", {
    runId: encodeGlobalId("Run", runs.evolution),
    generation: 3,
    seed: seed + 1,
  });
  const started = "... on StartAnalysisSuccess { analysis { id } }";
  for (const [kind, ids] of Object.entries(about)) {
    const { analysis } = await ask("startAnalysis", "StartAnalysisInput", started, { kind, about: ids });
    await analyse({ analysisId: Buffer.from(analysis.id, "base64url").toString().slice("Analysis:".length) }, context);
  }
  const { experimentId, modelId } = await connection.run.findUniqueOrThrow({ where: { id: runs.evolution } });
  // The test's network has no real images with which detectors could be measured.
  const point = { generation: 0, detector: "msp", label: "Softmax", auroc: 0.5, falsePositiveRate: 0.5, images: 1, references: 1 };
  const measured = await connection.analysis.findFirstOrThrow({ where: { kind: "detectors", workspaceId: localWorkspaceId } });
  const result = { state: "SUCCEEDED", result: { points: [point] }, failure: null, input: measured.input ?? {} } as const;
  await connection.analysis.create({ data: { ...measured, ...result, id: `detectors_${seed}`, inputHash: `detectors ${seed}` } });
  const transfer = await ask("scoreTransfer", "ScoreTransferInput", started, { experimentId: encodeGlobalId("Experiment", experimentId) });
  const png = await fetch(`${api.url}/images/${sha256}.png`, { headers: { cookie: api.owner.cookie } });
  const bytes = new Uint8Array(await png.arrayBuffer());
  // An upload whose file has arrived is not finished.
  const sent = await requestUpload(sender, { byteLength: sentBytes.length });
  await postForm(sender, sent.form, sentBytes);
  // One upload stays unclaimed, for the list of uploads.
  await upload(bytes, "MODEL");
  const photoInput = { uploadId: await upload(bytes, "PHOTO"), name: "Photo", label: "a label" };
  const { photo } = await ask("uploadImage", "UploadImageInput", "... on UploadImageSuccess { photo { id } }", photoInput);
  const { imageSha256: photoSha256 } = await connection.photo.findFirstOrThrow({ where: { workspaceId: localWorkspaceId } });
  await seedPerturbation(api.database, { sourceSha256: photoSha256, seed });
  const { invitation } = await ask("inviteMember", "InviteMemberInput", "... on InviteMemberSuccess { invitation { id } }", {
    email: `invited-${seed}@pareidolia.example`,
    role: "VIEWER",
  });
  const ofWorkspace = { workspaceId: localWorkspaceId, createdById: localUserId };
  const model = `model_${seed}`;
  const {
    slug: _slug,
    id: _id,
    report: _report,
    seals: _seals,
    ...columns
  } = await connection.model.findUniqueOrThrow({ where: { id: modelId } });
  const uploaded = {
    ...columns,
    labels: columns.labels,
    preprocessing: { ...input, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [255] },
    origin: "upload",
    name: `Own ${seed}`,
  } as const;
  await connection.model.create({ data: { ...uploaded, ...ofWorkspace, id: model, slug: model } });
  const ten = `${model}_ten`;
  const labels = Array.from({ length: 10 }, (_, digit) => String(digit));
  await connection.model.create({ data: { ...uploaded, ...ofWorkspace, id: ten, slug: ten, name: `Ten ${seed}`, labels } });
  const { id: retraining } = await api.database.transaction((transaction) =>
    createRun(transaction, {
      ...ofWorkspace,
      experimentId,
      modelId: ten,
      idempotencyKey: null,
      kind: "retraining",
      plan: { method: "fooling-class", dataset: "mnist", iterations: 1, evaluationGoal: 10 },
      preset: "quick",
      parameters: {},
      framing: { kind: "whole" },
      seed,
    }),
  );
  const outage = { outage: "An outage.", outageSince: new Date(), outageRetryAt: new Date() };
  await connection.run.update({ where: { id: retraining }, data: { state: "PAUSED", ...outage } });
  const chain = { id: `chain_${seed}`, workspaceId: localWorkspaceId, runId: retraining, name: "Chain", dataset: "mnist", iterations: 1 };
  await connection.chain.create({ data: chain });
  await connection.chainLink.create({ data: { id: `link_${seed}`, chainId: chain.id, runId: retraining, iteration: 1, modelId: ten } });
  await connection.chainElite.create({
    data: { linkId: `link_${seed}`, niche: 0, confidence: 0.9, storedConfidence: 0.9, imageSha256: sha256 },
  });
  // So high that it counts as the first image that fooled the network.
  await connection.elite.updateMany({ ...ofRun, data: { storedFitness: 1 } });
  const { plan } = await connection.run.findUniqueOrThrow({ where: { id: runs.perturbation } });
  const cropped = { ...(plan as object), crop: [0.5, 0.5, 1] };
  await connection.run.update({ where: { id: runs.perturbation }, data: { plan: cropped } });
  await connection.worker.upsert({
    where: { id: "worker" },
    create: { id: "worker", host: "test", processId: 1, engine: "test", heartbeatAt: soon() },
    update: {},
  });
  const member = `membership_${seed === 1 ? "local" : "viewer"}`;
  const key = { id: `key_${seed}`, workspaceId: localWorkspaceId, userId: localUserId, name: "Key", prefix: `pdl_${seed}` };
  await connection.apiKey.create({ data: { ...key, secretHash: `none ${seed}` } });
  // The second workspace has different figures from the first.
  if (seed === 2) await seedRun(api.database, { seed: 3 });
  // A power of two, so that a mean over runs of equal speed is exact.
  const speed = 2 ** (6 + seed);
  await connection.run.updateMany({ where: { workspaceId: localWorkspaceId, modelId }, data: { speed, computeSeconds: 1 } });
  await connection.$executeRaw`UPDATE runs r SET compute_seconds = coalesce(${meanSpeed}, 0) / ${speed}::double precision
    WHERE r.workspace_id = ${localWorkspaceId} AND r.model_id = ${modelId}`;
  const rowOf = async (table: { findFirstOrThrow(query: object): Promise<{ id: string }> }, query: object = {}) =>
    (await table.findFirstOrThrow(query)).id;
  const otherElite = await rowOf(connection.elite, { ...ofRun, orderBy: { niche: "desc" } });
  const trajectory = await rowOf(connection.trajectory, { where: { runId: runs.ascent } });
  const perturbation = await rowOf(connection.perturbation, { where: { runId: runs.perturbation } });
  const genome = await rowOf(connection.genome, ofRun);
  const forkedElite = `forked_${seed}`;
  const parent = await rowOf(connection.genome, { where: { elites: { some: { id: rowIdOf(elite) } } } });
  const descent = { imageSha256: sha256, firstParentId: parent };
  await writeElite(connection, { id: forkedElite, runId: runs.queued, ...descent });
  const email = await rowOf(connection.email, { where: { workspaceId: localWorkspaceId } });
  // Nothing more is to be done for it, so that it can be sent again.
  await connection.email.update({ where: { id: email }, data: { nextAttemptAt: null } });
  const score = await rowOf(connection.score, { where: { imageSha256: sha256 } });
  const id = encodeGlobalId;
  const [draftStudy, study] = [await createStudy(ask, runs.evolution), await createStudy(ask, runs.evolution, "freeTextFirst")];
  await ask("editStudy", "EditStudyInput", "", { studyId: study, revision: 1, access: "LINK" });
  await ask("openStudy", "OpenStudyInput", "", { studyId: study, revision: 2 });
  const [studyId, forkedFromId] = [rowIdOf(study), rowIdOf(draftStudy)];
  const ended = { lastVoteAt: new Date(), closedAt: new Date(), forkedFromId };
  await connection.study.update({ where: { id: studyId }, data: ended });
  const shown = { tallySequence: 1, truth: 0, foils: [1], photoId: rowIdOf(photo.id) };
  await connection.studyImage.updateMany({ where: { studyId }, data: shown });
  await connection.studyResult.create({ data: { studyId, kind: "plane", voteCount: seed, result: { seed } } });
  const roomStudy = await createStudy(ask, runs.evolution);
  await ask("openStudy", "OpenStudyInput", "", { studyId: roomStudy, revision: 1 });
  const textStudy = await createStudy(ask, runs.evolution, "freeTextFirst");
  await ask("openStudy", "OpenStudyInput", "", { studyId: textStudy, revision: 1 });
  await writeTexts(api, rowIdOf(textStudy), [uncoded]);
  await writeCodings(api, studyId);
  await writeRecognition(connection, runs.ascent);
  const { room, ...rooms } = await writeRooms(api, { led: studyId, blind: rowIdOf(roomStudy) }, seed);
  const { rule, ...trash } = await writeTrash(api, { experimentId, lockedRun: retraining, seed });
  const { release, ...releases } = await writeReleases(api, { released: studyId, queued: rowIdOf(roomStudy) }, seed);
  const { done: doneImport, importedRun, ...imports } = await writeImports(api, { experimentId, sha256, seed });
  const { export: madeExport, ...exports } = await writeExports(api, { runId: runs.evolution, experimentId }, seed);
  const tracking = await writeTracking(connection, { experimentId, runId: runs.evolution, archivedRunId: runs.ascent }, seed);
  const sweptRuns = { experimentId, runIds: [runs.evolution, runs.ascent], unfinished: { ofRunning: runs.paused, ofPaused: computing } };
  const { sweep, ...sweeps } = await writeSweeps(api, sweptRuns, seed);
  const compared = { sha256, eliteId: otherElite };
  const { comparison, ...savedComparisons } = await writeSavedComparisons(connection, compared, seed);
  const ofBuiltIn = await connection.run.findMany({ where: { workspaceId: localWorkspaceId, modelId }, select: { number: true } });
  return {
    workspaceId: localWorkspaceId,
    nodes: {
      Analysis: id("Analysis", `detectors_${seed}`),
      ApiKey: id("ApiKey", key.id),
      AuditEntry: id("AuditEntry", `${localWorkspaceId}.1`),
      Chain: id("Chain", chain.id),
      Comment: id("Comment", tracking.comment),
      Elite: elite,
      Email: id("Email", email),
      Experiment: id("Experiment", experimentId),
      Export: madeExport,
      Genome: id("Genome", genome),
      Image: id("Image", sha256),
      Import: doneImport,
      Invitation: invitation.id,
      Member: id("Member", member),
      Model: id("Model", model),
      NormingRoom: room,
      Perturbation: id("Perturbation", perturbation),
      Photo: photo.id,
      Release: release,
      RetentionRule: rule,
      Run: id("Run", runs.evolution),
      SavedComparison: comparison,
      Score: id("Score", score),
      Session: id("Session", spareSessionOf(seed === 1 ? stranger.userId : localUserId)),
      Study: study,
      Tag: id("Tag", tracking.tag),
      Sweep: sweep,
      Trajectory: id("Trajectory", trajectory),
      User: id("User", localUserId),
      View: id("View", tracking.view),
      Worker: id("Worker", "worker"),
      ...idsOfPerson(seed, localUserId),
      Workspace: id("Workspace", localWorkspaceId),
    },
    otherElite: id("Elite", otherElite),
    forkedElite: id("Elite", forkedElite),
    workspaceWebhook: id("Webhook", tracking.workspaceWebhook),
    tenClassModel: id("Model", ten),
    runs: Object.fromEntries(
      Object.entries({ ...runs, retraining, imported: importedRun }).map(([name, runId]) => [name, id("Run", runId)]),
    ) as Filled["runs"],
    queuedAnalysis: transfer.analysis.id,
    draftStudy,
    textStudy,
    otherExperiment: id("Experiment", tracking.otherExperiment),
    archivedExperiment: id("Experiment", tracking.archivedExperiment),
    deletedComment: id("Comment", tracking.deletedComment),
    deletedView: id("View", tracking.deletedView),
    ...(await writeBallots(api, { sha256, modelId })),
    ...imports,
    ...exports,
    ...releases,
    ...rooms,
    ...trash,
    ...sweeps,
    ...savedComparisons,
    upload: await upload(bytes, "MODEL"),
    otherUpload: await upload(bytes, "MODEL"),
    photoUpload: await upload(bytes, "PHOTO"),
    importUpload: await upload(bytes, "IMPORT"),
    sentUpload: sent.upload.id,
    form: sent.form,
    builtInModel: id("Model", modelId),
    runKeys: ofBuiltIn.map(({ number }) => `RUN-${number}`).toSorted(),
    speed,
    photoRuns: 1,
    experiments: await connection.experiment.count({ where: { workspaceId: localWorkspaceId, archivedAt: null, trashedAt: null } }),
    storageQuota: seed * 2 ** 40,
    keyOfAnother: id("ApiKey", seed === 1 ? key.id : keyOfAnother),
    ofPerson: (userId) => idsOfPerson(seed, userId),
    activeBulkQueries: tracking.activeBulkQueries,
    bulkQueryKeys: tracking.bulkQueryKeys,
    partUploads: tracking.partUploads,
    sha256,
    // The log of the first workspace does not move with its rows.
    deletedWorkspace: id("Workspace", deletedWorkspaceId),
    removedUser: seed === 1 ? "" : await createRemoved(api, { workspaceId: localWorkspaceId, userId: localUserId }, "removed_here"),
  };
}
