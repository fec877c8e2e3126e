/** Calls of every function of persistence that sends raw SQL, with every filter and ordering. */
import { withStored } from "@pareidolia/core/generationStatistics";
import { countDelayedAttempt } from "@pareidolia/persistence/access/accounts/growingDelay";
import { lockWorkspace } from "@pareidolia/persistence/access/accounts/lockWorkspace";
import { countAttempt } from "@pareidolia/persistence/access/accounts/rateLimit";
import { findChangedAccess, findStanding } from "@pareidolia/persistence/access/accounts/standingAccess";
import { lockAuditLog } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import * as auditEntries from "@pareidolia/persistence/access/audit/readAuditEntries";
import { cleanUps } from "@pareidolia/persistence/cleanUps/registry";
import * as analysisWork from "@pareidolia/persistence/lab/analyses/analysisWork";
import { cancelAnalysis } from "@pareidolia/persistence/lab/analyses/cancelAnalysis";
import * as analyses from "@pareidolia/persistence/lab/analyses/readAnalyses";
import * as chains from "@pareidolia/persistence/lab/chains/readChains";
import type { EliteListFilter } from "@pareidolia/persistence/lab/elites/eliteConditions";
import * as elites from "@pareidolia/persistence/lab/elites/readElites";
import * as experiments from "@pareidolia/persistence/lab/experiments/readExperiments";
import * as sharedExperiments from "@pareidolia/persistence/lab/experiments/sharedExperiments";
import { findMilestones } from "@pareidolia/persistence/lab/generations/readGenerations";
import { summariseGenerations } from "@pareidolia/persistence/lab/generations/summariseGenerations";
import { writeGenerations } from "@pareidolia/persistence/lab/generations/writeGenerations";
import { findAncestries } from "@pareidolia/persistence/lab/genomes/ancestry";
import { findDescent, findLineage } from "@pareidolia/persistence/lab/genomes/lineage";
import * as genomes from "@pareidolia/persistence/lab/genomes/readGenomes";
import * as images from "@pareidolia/persistence/lab/images/readImages";
import { readRunImages } from "@pareidolia/persistence/lab/images/runImages";
import { deleteModel } from "@pareidolia/persistence/lab/models/deleteModel";
import { findModelsOfSpaces, findModelsToScore } from "@pareidolia/persistence/lab/models/modelsOfSpaces";
import * as models from "@pareidolia/persistence/lab/models/readModels";
import * as perturbations from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import { countRunsFromPhotos } from "@pareidolia/persistence/lab/photos/deletePhoto";
import * as photos from "@pareidolia/persistence/lab/photos/readPhotos";
import type { ResultListFilter } from "@pareidolia/persistence/lab/results/resultLists";
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { commitRun, type RunDelta } from "@pareidolia/persistence/lab/runs/commitRun";
import { deleteRunRows } from "@pareidolia/persistence/lab/runs/deleteRunRows";
import { endSilentWriters } from "@pareidolia/persistence/lab/runs/endSilentWriters";
import { countExpiredLeases, requeueExpiredRuns } from "@pareidolia/persistence/lab/runs/expiredLeases";
import { failRun, renewLease, writeManifest } from "@pareidolia/persistence/lab/runs/lease";
import { measureExperiments, measureRuns } from "@pareidolia/persistence/lab/runs/measureOutcomes";
import { takeNextRun, waitsForWorker } from "@pareidolia/persistence/lab/runs/nextRun";
import * as outages from "@pareidolia/persistence/lab/runs/outagePause";
import { readCheckpoint } from "@pareidolia/persistence/lab/runs/readCheckpoint";
import { countRunEvents, listRunEvents } from "@pareidolia/persistence/lab/runs/readRunEvents";
import * as runs from "@pareidolia/persistence/lab/runs/readRuns";
import { cancelRun, pauseRun } from "@pareidolia/persistence/lab/runs/runControl";
import { notifyFollowers } from "@pareidolia/persistence/lab/runs/runEvents";
import { writeFigures } from "@pareidolia/persistence/lab/runs/writeFigures";
import * as scores from "@pareidolia/persistence/lab/scores/readScores";
import { countUnscoredPairs, findUnscoredImages, readTransfer } from "@pareidolia/persistence/lab/scores/readTransfer";
import { findConfigurationStandings, findSearches } from "@pareidolia/persistence/lab/trajectories/readConfigurations";
import * as trajectories from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import { writeTrajectories } from "@pareidolia/persistence/lab/trajectories/writeTrajectories";
import { findWorkers, listWorkers } from "@pareidolia/persistence/lab/workers/readWorkers";
import { registerWorker, reportWorkerAlive, reportWorkerStopped } from "@pareidolia/persistence/lab/workers/reportWorker";
import type { CleanUp, CleanUpContext } from "@pareidolia/persistence/server/cleanUps/cleanUp";
import { findRecentCleanUps, saveCleanUp, saveCleanUpFailure } from "@pareidolia/persistence/server/cleanUps/cleanUpResults";
import { spendCost } from "@pareidolia/persistence/server/costBuckets/spendCost";
import type { PageRequest } from "@pareidolia/persistence/server/database/keyset";
import { ping } from "@pareidolia/persistence/server/database/reachability";
import { findNamedKeys, listStoredKeys } from "@pareidolia/persistence/server/objectStores/namedObjects";
import { fileKey, genomeKey, imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openExperimentScope, openReach, openScope } from "@pareidolia/persistence/server/scope/openScope";
import * as assignments from "@pareidolia/persistence/studies/norming/assignments";
import { countAwaitingImages } from "@pareidolia/persistence/studies/norming/awaitingImages";
import { findVoterChoices } from "@pareidolia/persistence/studies/norming/readChoices";
import * as rooms from "@pareidolia/persistence/studies/norming/readRooms";
import { lockStudy, notifyRoom } from "@pareidolia/persistence/studies/norming/writeRooms";
import * as candidates from "@pareidolia/persistence/studies/studies/findCandidates";
import * as studies from "@pareidolia/persistence/studies/studies/readStudies";
import * as studyImages from "@pareidolia/persistence/studies/studies/studyImages";
import { readTallies } from "@pareidolia/persistence/studies/studies/studyTallies";
import * as emailWork from "@pareidolia/persistence/workspace/emails/emailWork";
import * as emails from "@pareidolia/persistence/workspace/emails/readEmails";
import * as members from "@pareidolia/persistence/workspace/members/members";
import * as presence from "@pareidolia/persistence/workspace/presence/presence";
import { readUsage } from "@pareidolia/persistence/workspace/quotas/workspaceUsage";
import { countHoldings } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { featureStatements } from "./featureStatements.ts";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const shared = openExperimentScope("experiment");
const reach = openReach({ workspaceId: "workspace", linkedExperimentId: "experiment" });
const ids = ["a", "b"];
const sha256 = "0".repeat(64);
const lease = { runId: "run", leaseToken: "token" };
const claim = { id: "analysis", claimToken: "token" };
const positions = ["x", "y", "z"];
const auditFilter = {
  scope,
  userId: "user",
  keyId: "key",
  actions: ["run:start"],
  exceptActions: ["run:pause"],
  subject: { type: "Run", id: "run" },
  from: new Date(),
  until: new Date(),
  search: "text",
};
const member = { userId: "user", workspaceId: "workspace", role: "OWNER" } as const;
const openedPage = { id: "page", workspaceId: "workspace", userId: "user", subjectId: "run" };
const page: PageRequest = { limit: 10, backward: false, after: positions, before: positions };
const results: ResultListFilter = {
  scope,
  runId: "run",
  experimentId: "experiment",
  modelId: "model",
  methods: ids,
  labels: ids,
  labelSpace: "space",
  minimumConfidence: 0,
  maximumConfidence: 1,
};
const orders = (["storedConfidence", "createdAt"] as const).map((field) => ({ field, direction: "DESC" as const }));
const image = { sha256, width: 1, height: 1, channels: 1, byteLength: 1 };
const scored = { image, probabilities: Float32Array.of(1) };
const ofSearch = { generation: 0, median: 0, mean: 0, minimum: 0, maximum: 0, jumps: 0, filled: 0, evaluations: 0 };
const statistics = withStored(ofSearch, ofSearch);
const address = { generation: 0, index: 0 };
const genome = { ...address, ...scored, sha256, byteLength: 1, bytes: Uint8Array.of(1), parents: [] };
const elite = { ...address, niche: 0, fitness: 0, storedFitness: 0, replacedAt: null };
const step = { ...scored, step: 0, confidence: 0, storedConfidence: 0 };
const curve = [{ step: 0, confidence: 0, storedConfidence: 0, norm: 0 }];
const trajectory = { configuration: 0, class: 0, start: 0, ended: false, last: step, milestones: [{ ...step, level: 0 }], curve };
const figures = { removed: { count: 0, byteLength: 0 }, waiting: { count: 0, byteLength: 0 } };
const [cleanUp] = cleanUps as readonly [CleanUp];
const delta: RunDelta = { evaluations: 1, speed: null, resultHash: null, event: null, outcome: null, write: async () => {} };

const analysisFilter: analyses.AnalysisListFilter = { scope, kind: "kind", runId: "run", states: ["QUEUED"] };
const modelFilter: models.ModelListFilter = { scope, labelSpace: "space", states: ["AVAILABLE"] };
const trajectoryFilter: trajectories.TrajectoryListFilter = { scope, runId: "run", classes: [0], configurations: [0] };
const perturbationFilter: perturbations.PerturbationListFilter = { ...results, success: true };
const eliteFilter: EliteListFilter = {
  ids: ["elite"],
  ...results,
  scope,
  encodings: ids,
  niches: [0],
  labelContains: "x",
  current: true,
};
const runFilter: runs.RunListFilter = { scope, experimentId: "experiment", kind: "evolution" };

const studyFilter: studies.StudyListFilter = { scope, states: ["OPEN"], search: "x", awaitedBy: "user" };
const details: studyImages.ImageDetailsChange = { index: 0, truth: null, foils: [1], group: "", condition: "" };
const countedImages = { studyId: "study", role: "COUNTED" } as const;
const bounds = { minimumConfidence: 0, maximumConfidence: 1, limit: 10 };

const nouns: readonly StatementCase["call"][] = [
  (connection) => studies.listStudies(connection, { filter: studyFilter, page }),
  (connection) => studies.countStudies({ connection, most: 10 }, studyFilter),
  (connection) => studies.findStudies(connection, ids),
  (connection) => studies.findStudiesByNumber(connection, { scope, numbers: [1] }),
  (connection) => studies.findStudyByLink(connection, "token"),
  (connection) => studies.countStudyVoters(connection, ids),
  (connection) => studies.countInsiderVotes(connection, ids),
  (connection) => studyImages.listStudyImages(connection, { ...countedImages, indices: [0], page }),
  (connection) => studyImages.countStudyImages({ connection, most: 10 }, countedImages),
  (connection) => studyImages.findStudyImages(connection, "study"),
  (connection) => studyImages.findPreviewImages(connection, { studyIds: ids, limit: 3 }),
  (connection) => studyImages.changeImageDetails({ connection }, "study", [details]),
  (connection) => rooms.findNormingRooms(connection, { ids, userId: "user" }),
  (connection) => rooms.findRoomsOfStudies(connection, { studyIds: ids, userId: "user" }),
  (connection) => rooms.findNormingImages(connection, { roomId: "room", places: [0] }),
  (connection) => rooms.findNormingImages(connection, { roomId: "room" }),
  (connection) => rooms.findVisibleVotes(connection, { roomId: "room", userId: "user", places: [0] }),
  (connection) => rooms.findVisibleVotes(connection, { roomId: "room", userId: "user" }),
  (connection) => rooms.findSettledVotes(connection, "room"),
  (connection) => rooms.findUnblindingRooms(connection, { roomIds: ids, userId: "user" }),
  (connection) => findVoterChoices(connection, "study"),
  (connection) => assignments.findStudyAssignments(connection, { studyId: "study", roles: ["LABELLER"] }),
  (connection) => countAwaitingImages(connection, { studyIds: ids, userId: "user" }),
  (connection) => rooms.findDecisionsOfStudies(connection, ids),
  (connection) => lockStudy(connection, "study"),
  (connection) => notifyRoom(connection, "room"),
  (connection) => readTallies(connection, { studyId: "study", after: 0, limit: 10 }),
  (connection) => candidates.findStudyCandidates(connection, { scope, runIds: ids, modelIds: ids, encodings: ids, ...bounds }),
  (connection) => candidates.findChosenCandidates(connection, { scope, images: [sha256] }),
  (connection) => candidates.findProbabilities(connection, [{ image: sha256, modelId: "model" }]),
  (connection) => analyses.listAnalyses(connection, { filter: analysisFilter, page }),
  (connection) => analyses.countAnalyses({ connection, most: 10 }, analysisFilter),
  (connection) => analyses.findAnalysesOfElites(connection, { scope, kind: "kind", eliteIds: ids }),
  (connection) => analysisWork.claimAnalysis(connection, "analysis"),
  (connection) => analysisWork.reportAnalysis(connection, claim, { done: 1, total: null }),
  (connection) => analysisWork.finishAnalysis(connection, claim, { result: {}, engine: null }),
  (connection) => analysisWork.findStoredResults(connection, { runId: "run", kinds: ["ablation"] }),
  (connection) => analysisWork.failAnalysis(connection, claim, "failure"),
  (_, transaction) => analysisWork.requeueAnalyses(transaction),
  (connection) => chains.listChains(connection, { scope, page }),
  (connection) => chains.countChains({ connection, most: null }, scope),
  (connection) => chains.findChains(connection, ids),
  (connection) => chains.findChainsOfRuns(connection, ids),
  ping,
  ...(["storedFitness", "createdAt"] as const).map(
    (field): StatementCase["call"] =>
      (connection) =>
        elites.listElites(connection, { filter: eliteFilter, order: { field, direction: "ASC" }, page }),
  ),
  (connection) =>
    elites.countElites({ connection, most: 10 }, { filter: eliteFilter, order: { field: "storedFitness", direction: "ASC" } }),
  (connection) => elites.findElites(connection, ids),
  (connection) => elites.findArchives(connection, ids),
  (connection) => elites.findArchiveAt(connection, { runId: "run", generation: 0 }),
  (connection) => elites.findFirstFooled(connection, { scope, modelIds: ids }),
  (connection) => elites.findElitesOfNiche(connection, { runIds: ids, niche: 0 }),
  ...(["createdAt", "updatedAt", "name"] as const).map(
    (field): StatementCase["call"] =>
      (connection) =>
        experiments.listExperiments(connection, { scope, order: { field, direction: "ASC" }, page }),
  ),
  (connection) => experiments.countExperiments({ connection, most: 10 }, scope),
  (connection) => experiments.findExperiments(connection, ids),
  (connection) => experiments.findExperimentsByNumber(connection, { scope, numbers: [1] }),
  (connection) => sharedExperiments.listPublicExperiments(connection, page),
  (connection) => sharedExperiments.countPublicExperiments({ connection, most: 10 }),
  (connection) => sharedExperiments.lockVisibility(connection, "experiment"),
  (connection) => experiments.summariseExperiments(connection, ids),
  (connection) => findMilestones(connection, ids),
  (connection) => summariseGenerations(connection, "run"),
  (connection) =>
    writeGenerations(connection, {
      runId: "run",
      modelId: "model",
      after: 0,
      statistics: [{ ...statistics, chainHash: "0".repeat(64) }],
      genomes: [genome],
      elites: [elite],
    }),
  (connection) => findAncestries(connection, [{ eliteId: "elite", limit: 10, acrossRuns: true }]),
  (connection) => findLineage(connection, { runId: "run", limit: 10, most: 10 }),
  (connection) => findDescent(connection, { runId: "run", most: 10 }),
  (connection) => genomes.listGenomes(connection, { filter: { scope, runId: "run" }, page }),
  (connection) => genomes.listGenomes(connection, { filter: { scope }, page }),
  (connection) => genomes.countGenomes({ connection, most: 10 }, { scope, runId: "run" }),
  (connection) => genomes.findGenomes(connection, ids),
  (connection) => genomes.findGenomesOfImage(connection, sha256),
  (connection) => images.listImages(connection, { scope, page }),
  (connection) => images.countImages({ connection, most: 10 }, scope),
  (connection) => images.findImages(connection, { reach, hashes: ids }),
  (connection) => images.findHashes(connection, { reach, digits: ["9f3a"] }),
  (connection) =>
    images.findReadableImages(connection, { reach: openReach({ workspaceId: null, linkedExperimentId: null }), hashes: [sha256] }),
  (connection) => images.findRunsWithImages(connection, { scope, hashes: ids, limit: 10 }),
  (connection) => images.findRunKeysOfImages(connection, ids),
  (connection) => models.listModels(connection, { filter: modelFilter, page }),
  (connection) => models.countModels({ connection, most: 10 }, modelFilter),
  (connection) => models.findSharedTargets(connection, { reach, modelIds: ids }),
  (connection) => models.measureSpeeds(connection, { scope, modelIds: ids, runs: 3 }),
  (connection) => findModelsOfSpaces(connection, { scope, runIds: ids }),
  (connection) => findModelsToScore(connection, { scope, imageSha256: sha256 }),
  (connection) => findNamedKeys(connection, [imageKey(sha256), genomeKey(sha256), fileKey(sha256)]),
  async (connection) => {
    for await (const _ of listStoredKeys(connection));
  },
  (connection) => perturbations.listPerturbations(connection, { scope, runId: "run", page }),
  (connection) => perturbations.countPerturbations({ connection, most: 10 }, { scope, runId: "run" }),
  ...orders.flatMap((order): StatementCase["call"][] => [
    (connection) => perturbations.listPerturbationResults(connection, { filter: perturbationFilter, order, page }),
    (connection) => perturbations.countPerturbationResults({ connection, most: 10 }, { filter: perturbationFilter, order }),
  ]),
  (connection) => perturbations.findPerturbations(connection, ids),
  (connection) => photos.listPhotos(connection, { scope, page }),
  (connection) => photos.countPhotos({ connection, most: 10 }, scope),
  (connection) => photos.findPhotos(connection, ids),
  (connection) => countRunsFromPhotos(connection, { scope, photoIds: ids }),
  (connection) => scores.findScores(connection, { reach, ids }),
  (connection) => scores.findScoresOfImages(connection, { reach, hashes: ids }),
  (connection) => scores.findScoresByModel(connection, { modelId: "model", hashes: ids }),
  (connection) => readTransfer(connection, { runIds: ids, modelIds: ids }),
  (connection) => countUnscoredPairs(connection, { runIds: ids, modelIds: ids }),
  (connection) => findUnscoredImages(connection, { runIds: ids, modelId: "model", limit: 10 }),
  (connection) => findSearches(connection, ids),
  (connection) => findConfigurationStandings(connection, { runIds: ids, level: 0 }),
  (connection) => trajectories.listTrajectories(connection, { filter: trajectoryFilter, page }),
  (connection) => trajectories.countTrajectories({ connection, most: 10 }, trajectoryFilter),
  ...orders.flatMap((order): StatementCase["call"][] => [
    (connection) => trajectories.listTrajectoryResults(connection, { filter: results, order, page }),
    (connection) => trajectories.countTrajectoryResults({ connection, most: 10 }, { filter: results, order }),
  ]),
  (connection) => trajectories.findTrajectoriesOfConfigurations(connection, { configurations: [{ runId: "run", index: 0 }], limit: 10 }),
  (connection) => trajectories.findBestTrajectories(connection, { runIds: ids, limit: 10 }),
  (connection) => trajectories.findTrajectories(connection, ids),
  (connection) => trajectories.findTrajectoryCurves(connection, ids),
  (connection) => writeTrajectories(connection, { runId: "run", modelId: "model", trajectories: [trajectory] }),
  listWorkers,
  (connection) => findWorkers(connection, ids),
  (connection) => registerWorker(connection, { id: "worker", host: "host", processId: 1, engine: "engine" }),
  (connection) => reportWorkerAlive(connection, "worker"),
  (connection) => reportWorkerStopped(connection, "worker"),
  (connection) => lockWorkspace(connection, "workspace"),
  (connection) => countHoldings(connection, scope),
];

const accountCalls: readonly StatementCase["call"][] = [
  (connection) => countAttempt(connection, "key", 60),
  (connection) => countDelayedAttempt(connection, "delayed", { free: 0, firstSeconds: 2, maxSeconds: 60, resetSeconds: 60 }),
  // Waits, and reads for how long.
  (connection) => countDelayedAttempt(connection, "delayed", { free: 0, firstSeconds: 2, maxSeconds: 60, resetSeconds: 60 }),
  (connection) => presence.openPage(connection, openedPage),
  (connection) => presence.renewPages(connection, [openedPage]),
  (connection) => presence.findPresent(connection, openedPage),
  (connection) => presence.closePage(connection, "page"),
  (connection) => spendCost(connection, { key: "key", spent: 1, requested: 2 }, { limit: 10, drainPerSecond: 1 }),
  (connection) => findChangedAccess(connection, [{ ...member, scopes: ["READ"], keyId: "key", sessionId: null, isNamed: false }]),
  (connection) => findStanding(connection, { ...member, sessionId: "session", keyId: null }),
  (connection) => auditEntries.listAuditEntries(connection, auditFilter, { ...page, after: [1], before: [1] }),
  (connection) => auditEntries.countAuditEntries({ connection, most: 10 }, auditFilter),
  (connection) => auditEntries.findAuditEntries(connection, ["workspace.1"]),
  (connection) => members.listMembers(connection, scope, page),
  (connection) => members.countMembers({ connection, most: 10 }, scope),
  (connection) => members.findMembersById(connection, ids),
  (connection) => lockAuditLog(connection, "workspace", "user"),
  (connection) => emails.listEmails(connection, scope, page),
  (connection) => emails.countEmails({ connection, most: 10 }, scope),
  (connection) => emails.findEmails(connection, ids),
  (connection) => emailWork.claimEmail(connection, "email"),
  (connection) => emailWork.findDueEmails(connection),
  (connection) => emailWork.recordFailure(connection, { id: "email", failure: "failure", final: false }),
  (connection) => emailWork.sendAgain(connection, "email"),
];

const turn = { workspaceId: "workspace", share: 1, limit: null, running: 0, runningSeconds: 0, waitingSince: 1, clock: null };

const runCalls: readonly StatementCase["call"][] = [
  ...(["createdAt", "updatedAt"] as const).map(
    (field): StatementCase["call"] =>
      (connection) =>
        runs.listRuns(connection, { filter: runFilter, order: { field, direction: "ASC" }, page }),
  ),
  (connection) => runs.countRuns({ connection, most: 10 }, runFilter),
  (connection) => runs.findRuns(connection, ids),
  (connection) => runs.countRuns({ connection, most: 10 }, { scope: shared }),
  (connection) => runs.findRunsByNumber(connection, { scope, numbers: [1] }),
  (connection) => runs.findRunsOfWorkers(connection, ids),
  (connection) => listRunEvents(connection, { scope, runId: "run", page }),
  (connection) => countRunEvents({ connection, most: 10 }, { scope, runId: "run" }),
  (connection) => notifyFollowers(connection, "run"),
  (connection) => deleteRunRows(connection, "run"),
  (_, transaction) => claimRun(transaction, { runId: "run", workerId: "worker", leaseSeconds: 10 }),
  (_, transaction) => waitsForWorker(transaction, { runId: "run", kinds: ["evolution"] }),
  (connection) => endSilentWriters(connection, 1),
  (connection) => writeManifest(connection, lease, {}),
  (_, transaction) => failRun(transaction, lease, "reason"),
  (connection) => measureRuns(connection, ids),
  (connection) => measureExperiments(connection, ids),
  (connection) => writeFigures(connection, ids),
  (_, transaction) => outages.handBackRun(transaction, { ...lease, reason: "reason" }),
  (connection) => outages.hasRunsToResume(connection),
  (connection) => readCheckpoint(connection, "run"),
  (connection) => countExpiredLeases(connection),
];

const cleanUpCalls: readonly StatementCase["call"][] = [
  (connection) => findRecentCleanUps(connection, 60),
  (connection) => saveCleanUp(connection, cleanUp, figures),
  (connection) => saveCleanUpFailure(connection, cleanUp, "failure"),
  async (connection) => {
    const none = { async *list() {} };
    const objectStore = { ...none, posted: none, clearLeftovers: async () => figures.removed, deleteObjects: async () => figures.removed };
    const context = { database: { connection }, objectStore, dryRun: false, signal: new AbortController().signal };
    for (const each of cleanUps) await each.cleanUp(context as unknown as CleanUpContext);
  },
];

/** Functions that send their next statement only if the one before finds a row. */
const handedBack = { ...lease, leaseSeconds: 10, delta: { ...delta, outcome: { state: "QUEUED" as const, reason: "reason" } } };
const withRows: readonly StatementCase[] = [
  { rows: [{ state: "RUNNING" }], call: (_, transaction) => cancelAnalysis(transaction, { analysisId: "analysis" }) },
  { rows: [{ modelId: "model", runNumbers: [] }], call: (_, transaction) => deleteModel(transaction, { scope, modelId: "model" }) },
  { rows: [{ ownQuota: null }], call: (connection) => readUsage(connection, scope) },
  { rows: [{ count: 1, measured: 1, bytes: 9 }], call: (connection) => readRunImages(connection, scope) },
  { rows: [turn], call: (_, transaction) => takeNextRun(transaction, { runId: "run", kinds: ["evolution"] }) },
  { rows: [{ control: "NONE" }], call: (connection) => renewLease(connection, lease, 10) },
  { rows: [{ number: 1, state: "QUEUED", seq: 1 }], call: (_, transaction) => pauseRun(transaction, { runId: "run" }) },
  { rows: [{ number: 1, state: "RUNNING" }], call: (_, transaction) => cancelRun(transaction, { runId: "run" }) },
  { rows: [{ state: "PAUSED", seq: 1 }], call: (_, transaction) => outages.pauseForOutage(transaction, { ...lease, reason: "reason" }) },
  { rows: [{ id: "run", seq: 1 }], call: (_, transaction) => outages.resumeAfterOutage(transaction) },
  { rows: [{ id: "run", control: "PAUSE", attempts: 0, seq: 1 }], call: (_, transaction) => requeueExpiredRuns(transaction) },
  ...[undefined, { after: 0, to: 1 }].map(
    (generations): StatementCase => ({
      rows: [{ seq: 1 }],
      call: (_, transaction) => commitRun(transaction, { ...lease, leaseSeconds: 10, delta: { ...delta, generations } }),
    }),
  ),
  { rows: [{ seq: 1, control: "NONE", sweepId: null }], call: (_, transaction) => commitRun(transaction, handedBack) },
];

export const statementCases: readonly StatementCase[] = [
  ...[...nouns, ...accountCalls, ...runCalls, ...cleanUpCalls].map((call) => ({ call })),
  ...withRows,
  ...featureStatements,
];
