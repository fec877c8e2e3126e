/**
 * A database with results of every kind that checks cover: an evolution with an ablation, an ascent, attacks with and without a target, a
 * retraining chain, a run of another program, a sweep with a rung of successive halving, and a study with votes, results and a release.
 */
import { createHash } from "node:crypto";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage } from "@pareidolia/core/image";
import { toNines } from "@pareidolia/core/nines";
import { decideRung } from "@pareidolia/core/sweep/halving";
import { median } from "@pareidolia/evolution/statistics";
import { encodePng } from "@pareidolia/images/png";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import { askAboutImages } from "@pareidolia/persistence/lab/recognition/writeRecognition";
import type { Connection, Database } from "@pareidolia/persistence/server/database/database";
import { fileKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { findResultSource, storeStudyResults } from "@pareidolia/persistence/studies/studies/studyResults";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { OpenClassifier } from "@pareidolia/workers/classifierShelf";
import { storedClassifiers } from "@pareidolia/workers/storedClassifiers";
import type { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { ablateElite } from "./ablateElite.ts";
import { createImportedRuns } from "./importedRuns.ts";
import { createLinearClassifier } from "./linearClassifier.ts";
import { queueChain } from "./queueChain.ts";
import { seedAscent, seedPerturbation } from "./queuedRuns.ts";
import { evolveContext, seedRun } from "./runs.ts";
import { sharedCacheFolder } from "./sharedCache.ts";
import { writeVotedStudy } from "./votedStudy.ts";
import { writeWrittenOnce } from "./writtenOnce.ts";

export interface CheckedData {
  readonly openClassifier: OpenClassifier;
  /** Of one run of each kind. */
  readonly runs: Readonly<Record<"evolution" | "ascent" | "perturbation" | "untargeted" | "retraining", string>>;
  readonly close: () => Promise<void>;
}

interface Parts {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly computer: Pick<StudyComputer, "compute">;
}

const linear = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });

export async function writeCheckedData(parts: Parts): Promise<CheckedData> {
  const { database, objectStore } = parts;
  const lenet = await openZooClassifier({ id: "lenet", cacheFolder: sharedCacheFolder(), threads: 1 });
  const opened: DifferentiableClassifier[] = [lenet];
  const openTrained = storedClassifiers({
    cacheFolder: sharedCacheFolder(),
    threads: 1,
    objectStore,
    log: { info() {}, warn() {}, error() {} },
  });
  const openClassifier: OpenClassifier = async (model) => {
    if (model.slug === "linear") return linear;
    if (model.slug === "lenet") return lenet;
    const trained = await openTrained(model);
    opened.push(trained);
    return trained;
  };
  const context = { ...evolveContext({ database, objectStore, classifier: linear }), openClassifier };
  const carriedOut = async (runId: string): Promise<string> => {
    await carryOutRun({ runId }, context);
    return runId;
  };
  const evolution = await carriedOut(await seedRun(database, { seed: 3 }));
  await ablateElite(evolution, context);
  await writeSweep(database, evolution, carriedOut);
  const ascent = await carriedOut(await seedAscent(database, { classes: [0], parameters: { iterations: 6 } }));
  const sourceSha256 = await storePhoto(parts);
  const perturbation = await carriedOut(await seedPerturbation(database, { sourceSha256, attack: "fgsm", bounds: [8, 64], target: 2 }));
  const untargeted = await carriedOut(await seedPerturbation(database, { sourceSha256, attack: "fgsm", bounds: [8, 64], seed: 2 }));
  const retraining = await carriedOut(await queueChain(database, lenet.labels));
  const { modelId, experimentId } = await database.connection.run.findUniqueOrThrow({ where: { id: evolution } });
  const imported = { workspaceId: localWorkspaceId, userId: localUserId, modelId, experimentId, firstNumber: 100 };
  await createImportedRuns(database.connection, { ...imported, runs: [{ parameters: {}, metrics: { accuracy: 0.7 } }] });
  await writeLeftovers(database.connection, { ascent, imageSha256: sourceSha256 });
  const studyId = await writeStudy(parts, evolution);
  await writeWrittenOnce(database.connection, studyId);
  await writeFiles(parts);
  return {
    openClassifier,
    runs: { evolution, ascent, perturbation, untargeted, retraining },
    close: async () => void (await Promise.all(opened.map((classifier) => classifier.dispose()))),
  };
}

/** An image of the run of another program, and the state of an ascent that has ended meanwhile. */
async function writeLeftovers(
  connection: Connection,
  { ascent, imageSha256 }: { readonly ascent: string; readonly imageSha256: string },
): Promise<void> {
  const { id: runId } = await connection.run.findFirstOrThrow({ where: { kind: "imported" } });
  const source = { niche: 3, label: "three", claimed: 0.9, generation: 12, sourceId: "7", sourceParentId: "5" };
  await connection.importedImage.create({ data: { runId, index: 0, imageSha256, ...source } });
  await connection.runCheckpoint.create({ data: { runId: ascent, bytes: Buffer.from("state") } });
}

/** An export, a bulk query and a release, each with one part. */
async function writeFiles({ database: { connection }, objectStore }: Parts): Promise<void> {
  const made = {
    workspaceId: localWorkspaceId,
    createdById: localUserId,
    number: 1,
    state: "SUCCEEDED",
    byteLength: 5n,
    sha256: "0".repeat(64),
    endedAt: new Date(),
    expiresAt: new Date(),
  } as const;
  const bytes = Buffer.from("bytes");
  const part = { index: 0, sha256: createHash("sha256").update(bytes).digest("hex"), byteLength: bytes.length };
  await objectStore.put(fileKey(part.sha256), bytes, { contentType: "application/octet-stream" });
  const exported = { content: made.sha256, rowCount: 1n, fileCount: 1, tableRows: {}, parts: [], formats: [] };
  await connection.export.create({
    data: { id: "export", ...made, subject: "workspace", ...exported, archiveParts: { create: part } },
  });
  const query = { name: "runs", query: "", variables: {}, format: "csv", columns: [], downloadKey: "key", answeredAt: new Date() };
  await connection.bulkQuery.create({ data: { id: "bulk", ...made, ...query, parts: { create: part } } });
  const { id: studyId } = await connection.study.findFirstOrThrow();
  const { createdById, number, byteLength, sha256, endedAt } = made;
  const release = { id: "release", studyId, createdById, number, version: "1.0.0", description: { title: "Checked" } };
  // Its parts are written before it is finished: nothing changes them afterwards.
  await connection.release.create({ data: { ...release, parts: { create: part } } });
  const counts = { votes: 1 };
  const content = { byteLength, sha256, counts, studyState: "OPEN", lastVoterNumber: 7, withdrawnVoters: 0 } as const;
  await connection.release.update({ where: { id: release.id }, data: { state: "SUCCEEDED", endedAt, ...content } });
}

async function storePhoto({ database, objectStore }: Parts): Promise<string> {
  const image: ByteImage = { width: 8, height: 8, channels: 1, pixels: Uint8Array.from({ length: 64 }, (_, i) => (i * 37) % 256) };
  const png = encodePng(image);
  const sha256 = createHash("sha256").update(png).digest("hex");
  await objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
  const stored = { sha256, width: 8, height: 8, channels: 1, byteLength: png.length };
  const photo = { workspaceId: null, createdById: null, name: "A pattern", label: null, licence: "", source: "", idempotencyKey: null };
  await database.transaction((transaction) => createPhoto(transaction, { ...photo, image: stored }));
  return sha256;
}

/** Two points with one seed, which halving compared after generation 3. */
async function writeSweep({ connection }: Database, first: string, carriedOut: (runId: string) => Promise<string>): Promise<void> {
  const run = await connection.run.findUniqueOrThrow({ where: { id: first } });
  const rates = [(run.parameters as { mutationRate: number }).mutationRate, 0.31];
  const plan = {
    kind: "evolution",
    base: {},
    axes: [{ path: "parameters.mutationRate", values: rates, range: null }],
    sampler: { kind: "grid" },
    seeds: [run.seed],
    earlyStopping: { plateau: null, median: null, halving: { eta: 2, minimum: 3 } },
  };
  const owner = { workspaceId: run.workspaceId, experimentId: run.experimentId, createdById: run.createdById };
  await connection.sweep.create({
    data: { id: "sweep", ...owner, number: 1, name: "Rates", plan, pointCount: 2, runCount: 2, state: "SUCCEEDED" },
  });
  const { id: _, method: _method, plannedResults: _planned, foundText: _text, manifest: _manifest, ...settings } = run;
  const { parameters, framing, plan: runPlan, kind, preset, seed, modelId } = settings;
  const second = "second run of the sweep";
  await connection.run.create({
    data: {
      id: second,
      ...owner,
      modelId,
      kind,
      preset,
      seed,
      number: 50,
      parameters: { ...(parameters as object), mutationRate: rates[1] ?? 0 },
      plan: runPlan as object,
      framing: framing as object,
    },
  });
  await carriedOut(second);
  const medians: number[] = [];
  for (const [sweepPoint, id] of [first, second].entries()) {
    await connection.run.update({ where: { id }, data: { sweepId: "sweep", sweepPoint, sweepReplicate: 0 } });
    const held = { OR: [{ replacedAt: null }, { replacedAt: { gt: 3 } }] };
    const elites = await connection.elite.findMany({ where: { runId: id, generation: { lte: 3 }, ...held } });
    const archive = new Float64Array(5);
    for (const { niche, storedFitness } of elites) archive[niche] = storedFitness;
    medians.push(median(archive));
    await connection.rungResult.create({ data: { runId: id, rung: 0, median: median(archive) } });
  }
  const decided = decideRung(
    medians.map((value, point) => ({ point, results: [toNines(value)] })),
    2,
  );
  await connection.rungDecision.createMany({ data: decided.map((decision) => ({ sweepId: "sweep", rung: 0, ...decision })) });
}

async function writeStudy({ database, objectStore, computer }: Parts, runId: string): Promise<string> {
  const { connection } = database;
  const elites = await connection.elite.findMany({
    where: { runId, replacedAt: null },
    include: { genome: true },
    orderBy: { niche: "asc" },
  });
  const images = elites.map(({ id, niche, storedFitness, genome }) => ({
    sha256: genome.imageSha256,
    label: niche,
    confidence: storedFitness,
    source: "direct",
    eliteId: id,
    recognised: 0.5,
  }));
  const known = new Set(images.map(({ sha256 }) => sha256));
  const genomes = await connection.genome.findMany({ where: { imageSha256: { notIn: [...known] } }, distinct: ["imageSha256"], take: 5 });
  // A study asks about ten classes, so that nine foils can be drawn; the network has five.
  const others = genomes.map(({ imageSha256 }, at) => ({
    sha256: imageSha256,
    label: 5 + at,
    confidence: null,
    source: "photograph",
    recognised: 0.8,
  }));
  const { study } = await writeVotedStudy({ database, objectStore }, { images: [...images, ...others], voters: 8, title: "Checked" });
  await takeBackVote(connection, study.id);
  await askAboutImages(connection, study.id);
  const source = await findResultSource(connection, study.id);
  if (source === null) throw new Error("The study has no plan.");
  const computed = await computer.compute(connection, source);
  await database.transaction((transaction) => storeStudyResults(transaction, source, computed));
  return study.id;
}

/** One voter has answered a trial twice. */
async function takeBackVote(connection: Connection, studyId: string): Promise<void> {
  const { voterId, trial } = await connection.vote.findFirstOrThrow({ where: { studyId, role: "COUNTED" }, orderBy: { voterId: "asc" } });
  const earlier = { answer: { choice: 0 }, responseMs: 900, timing: { shownMs: 250 } };
  await connection.voteRevision.create({ data: { voterId, trial, revision: 1, submissionId: "earlier", votedAt: new Date(), ...earlier } });
  await connection.studyVoter.update({ where: { id: voterId }, data: { undone: 1 } });
}
