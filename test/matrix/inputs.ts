/**
 * The inputs of the matrix's requests: the arguments of queries, and a valid input of each mutation. A new field without an entry fails.
 */
import { encodeGlobalId, type NodeType } from "@pareidolia/api/globalId/globalId";
import type { Guard } from "@pareidolia/api/policy/requires";
import { releaseInput } from "../support/productRelease.ts";
import { ballotVote } from "./ballots.ts";
import { texts, uncoded } from "./codings.ts";
import type { Person } from "./people.ts";
import type { SharedPlace } from "./place.ts";
import { reportId } from "./reportFolder.ts";
import { places } from "./rooms.ts";
import type { Filled } from "./things.ts";

/** The object that an argument or input field of the type ID names, by its name. */
export const objectOfArgument: Readonly<Record<string, NodeType>> = {
  analysisId: "Analysis",
  bulkQueryId: "BulkQuery",
  assigneeId: "User",
  commentId: "Comment",
  eliteId: "Elite",
  eliteIds: "Elite",
  experimentId: "Experiment",
  experimentIds: "Experiment",
  exportId: "Export",
  ids: "Run",
  imageId: "Image",
  imageIds: "Image",
  importId: "Import",
  keyId: "ApiKey",
  memberIds: "Member",
  modelId: "Model",
  notificationIds: "Notification",
  photoId: "Photo",
  releaseId: "Release",
  roomId: "NormingRoom",
  ruleId: "RetentionRule",
  runId: "Run",
  runIds: "Run",
  savedComparisonId: "SavedComparison",
  sessionId: "Session",
  study: "Study",
  studyId: "Study",
  studyIds: "Study",
  subjectId: "Run",
  tagId: "Tag",
  sweepId: "Sweep",
  userId: "User",
  viewId: "View",
  webhookId: "Webhook",
  deliveryId: "WebhookDelivery",
};

/** One moment: inputs that differ would seem to name an object. */
const openedAt = new Date().toISOString();
const viewState = { search: "median > 0.9", sort: "-median" };
const oldTrash = { action: "DELETE_TRASHED", days: 30 };

type Arguments = (things: Filled) => Readonly<Record<string, unknown>>;

/** Arguments of the queries and subscriptions that require them. */
export const requiredArguments: Readonly<Record<string, Arguments>> = {
  ballot: ({ finishedBallot }) => ({ study: finishedBallot }),
  chain: ({ nodes }) => ({ id: nodes.Chain }),
  diversity: ({ nodes }) => ({ experimentId: nodes.Experiment, niche: 0 }),
  normingRoomChanges: ({ nodes }) => ({ roomId: nodes.NormingRoom }),
  report: () => ({ id: reportId }),
  runComparison: ({ nodes }) => ({ entries: [{ runIds: [nodes.Run] }] }),
  queryCost: () => ({ query: "{ experiments { nodes { id } } }" }),
  retentionPreview: () => ({ rule: oldTrash }),
  planRun: (things) => ({ input: { evolution: { ...start(things), ...evolution } } }),
  planSweep: (things) => ({ input: sweep(things) }),
  runEvents: ({ nodes }) => ({ runId: nodes.Run }),
  runGroups: ({ nodes }) => ({ groupBy: ["seed"], filter: { experimentId: nodes.Experiment } }),
  searchProblem: () => ({ search: "param.lr = 1" }),
  searchValues: () => ({ field: "preset" }),
  studyComparison: ({ nodes, finishedBallot }) => ({ studyIds: [nodes.Study, finishedBallot] }),
  studyTallies: ({ nodes }) => ({ studyId: nodes.Study }),
  trashItem: ({ trashedRun }) => ({ id: trashedRun }),
  trashPreview: ({ nodes }) => ({ ids: [nodes.Run] }),
  sweep: ({ nodes }) => ({ id: nodes.Sweep }),
  presenceChanges: ({ nodes }) => ({ subjectId: nodes.Run }),
  sweepChanges: ({ nodes }) => ({ sweepId: nodes.Sweep }),
  transferMatrix: ({ nodes }) => ({ experimentId: nodes.Experiment }),
  views: () => ({ list: "RUNS" }),
};

/** Arguments of which a field takes only one. */
export const alternatives: readonly (readonly string[])[] = [["experimentId", "runIds"]];

/** Arguments of the fields of objects that require them. */
export const fieldArguments: Readonly<Record<string, string>> = {
  archiveAt: "(generation: 0)",
  cells: '(columns: ["run", "by"])',
};

const evolution = { preset: "paper", encoding: "direct", generations: 1 };
/** Of the draft as it was created. */
const draftRevision = 1;
const preprocessing = { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NHWC", mean: [0], deviation: [255] };

/** Runs can target two networks: the zoo's, which every workspace has, and the workspace's own. */
const start = ({ nodes }: Filled) => ({ experimentId: nodes.Experiment, modelId: nodes.Model, seed: 1 });

const sweep = (things: Filled) => ({
  run: { evolution: { ...start(things), ...evolution } },
  axes: [{ path: "generations", values: [1, 2] }],
  earlyStopping: { halving: { minimum: 1 } },
});

/** Lists of shared objects, with the places whose experiment they show. */
export const sharedLists: Readonly<Record<string, readonly SharedPlace[]>> = {
  publicExperiments: ["public"],
  sharedExperiment: ["unlisted"],
};

/** Arguments that narrow a list to a shared object, so that visitors may read it. */
export const sharedArguments: ReadonlySet<string> = new Set([
  "Query.elites(filter.experimentId)",
  "Query.elites(filter.runId)",
  "Query.genomes(filter.runId)",
  "Query.perturbations(filter.experimentId)",
  "Query.runs(filter.experimentId)",
  "Query.trajectories(filter.experimentId)",
]);

/** Fields of shared objects that only members get, since they are expensive or follow a run, though visitors may perform the action. */
export const membersOnly: readonly string[] = [
  "ballot",
  "cells",
  "comments",
  "difficulty",
  "diversity",
  "events",
  "phylogeny",
  "recognition",
  "relatedness",
  "studies",
  "sweep",
  "transferMatrix",
];

/** Fields that show every sender their own workspace, or the product, whatever object they start at. */
export const ofTheSender: readonly string[] = [
  "firstFooled",
  "measuredSpeed",
  "preview",
  "queryCost",
  "report",
  "retentionPreview",
  "usage",
];

/**
 * Mutations that change only the sender's sessions, pins, notifications or votes. The audit log does not record them (a vote could not be
 * withdrawn from it), except when a member ends a session.
 */
export const unlogged: ReadonlySet<string> = new Set([
  "revokeSession",
  "switchWorkspace",
  "pin",
  "setDefaultView",
  "unpin",
  "markNotifications",
  "markAllNotificationsRead",
  "chooseNotifications",
  "joinStudy",
  "castVote",
  "castVotes",
  "undoVote",
  "finishStudy",
  "withdrawVotes",
]);

/** Null for a mutation without an input. Each would succeed for an actor who may do it. */
export const mutationInputs: Readonly<Record<string, (things: Filled, person: Person) => object | null>> = {
  startAnalysis: ({ otherElite }) => ({ kind: "survival", about: [otherElite] }),
  scoreImage: ({ nodes }) => ({ imageId: nodes.Image }),
  verifyRun: ({ runs }) => ({ runId: runs.evolution }),
  forkRun: ({ runs }) => ({ runId: runs.evolution, generation: 3 }),
  cancelAnalysis: ({ queuedAnalysis }) => ({ analysisId: queuedAnalysis }),
  ablateElite: ({ otherElite }) => ({ eliteId: otherElite }),
  measureSurvival: ({ otherElite }) => ({ eliteId: otherElite }),
  measureDetectors: ({ nodes }) => ({ runId: nodes.Run }),
  scoreTransfer: ({ nodes }) => ({ experimentId: nodes.Experiment }),
  changeMemberRole: ({ nodes }) => ({ memberId: nodes.Member, role: "LABELLER" }),
  suspendMember: ({ nodes }) => ({ memberId: nodes.Member }),
  restoreMember: ({ nodes }) => ({ memberId: nodes.Member }),
  removeMember: ({ nodes }) => ({ memberId: nodes.Member }),
  undoRemoveMember: ({ removedUser }) => ({ userId: removedUser }),
  leaveWorkspace: () => null,
  createWorkspace: () => ({ name: "Workspace" }),
  renameWorkspace: ({ nodes }) => ({ workspaceId: nodes.Workspace, name: "Renamed" }),
  switchWorkspace: ({ nodes }) => ({ workspaceId: nodes.Workspace }),
  transferWorkspace: ({ nodes }) => ({ memberId: nodes.Member }),
  deleteWorkspace: ({ nodes }) => ({ workspaceId: nodes.Workspace }),
  restoreWorkspace: ({ deletedWorkspace }) => ({ workspaceId: deletedWorkspace }),
  revokeSession: ({ nodes }) => ({ sessionId: nodes.Session }),
  inviteMember: () => ({ email: "new@pareidolia.example", role: "VIEWER" }),
  revokeInvitation: ({ nodes }) => ({ invitationId: nodes.Invitation }),
  createApiKey: () => ({ name: "Key", scopes: ["READ"] }),
  allowMemberKeys: () => ({ allowed: false }),
  sendEmailAgain: ({ nodes }) => ({ emailId: nodes.Email }),
  revokeApiKey: ({ nodes }) => ({ apiKeyId: nodes.ApiKey }),
  startAscent: (things) => ({ ...start(things), preset: "paper-unregularised" }),
  startChain: (things) => ({
    ...start(things),
    modelId: things.tenClassModel,
    preset: "quick",
    name: "Chain",
    dataset: "mnist",
    iterations: 1,
  }),
  createExperiment: () => ({ name: "Experiment" }),
  createStudy: ({ runs, nodes }) => ({ title: "Study", runIds: [runs.evolution], imageIds: [nodes.Image] }),
  editStudy: ({ draftStudy }) => ({ studyId: draftStudy, revision: draftRevision, title: "Renamed" }),
  openStudy: ({ draftStudy }) => ({ studyId: draftStudy, revision: draftRevision }),
  changeStudyState: ({ nodes }) => ({ studyId: nodes.Study, state: "PAUSED" }),
  forkStudy: ({ nodes }) => ({ studyId: nodes.Study }),
  deleteStudy: ({ draftStudy }) => ({ studyId: draftStudy }),
  archiveExperiment: ({ nodes }) => ({ experimentId: nodes.Experiment }),
  setExperimentVisibility: ({ nodes }) => ({ experimentId: nodes.Experiment, visibility: "PUBLIC" }),
  registerModel: ({ upload, otherUpload }) => ({
    name: "Model",
    uploadId: upload,
    fileName: "model.onnx",
    dataFiles: [{ name: "weights.bin", uploadId: otherUpload }],
    labels: ["a", "b"],
    preprocessing,
  }),
  checkModel: ({ nodes }) => ({ modelId: nodes.Model }),
  deleteModel: ({ nodes }) => ({ modelId: nodes.Model }),
  startPerturbation: (things) => ({ ...start(things), sourceId: things.nodes.Image, attack: "pgd", preset: "faint" }),
  uploadImage: ({ photoUpload }) => ({ uploadId: photoUpload, name: "Photo" }),
  storePhotos: ({ photoUpload }) => ({ photos: [{ uploadId: photoUpload, name: "Photo" }] }),
  deletePhoto: ({ nodes }) => ({ photoId: nodes.Photo }),
  startEvolution: (things) => ({ ...start(things), ...evolution }),
  startSweep: sweep,
  pauseSweep: ({ runningSweep }) => ({ sweepId: runningSweep }),
  resumeSweep: ({ pausedSweep }) => ({ sweepId: pausedSweep }),
  cancelSweep: ({ pausedSweep }) => ({ sweepId: pausedSweep }),
  changeSweep: ({ pausedSweep }) => ({ sweepId: pausedSweep, limits: { concurrency: 5 } }),
  pauseRun: ({ runs }) => ({ runId: runs.queued }),
  resumeRun: ({ runs }) => ({ runId: runs.paused }),
  cancelRun: ({ runs }) => ({ runId: runs.queued }),
  renameRun: ({ nodes }) => ({ runId: nodes.Run, name: "Renamed" }),
  updateRun: ({ nodes }) => ({ runId: nodes.Run, notes: "Changed." }),
  tagRuns: ({ nodes }) => ({ changes: [{ runIds: [nodes.Run], add: ["added"] }] }),
  archiveRuns: ({ nodes }) => ({ runIds: [nodes.Run] }),
  unarchiveRuns: ({ runs }) => ({ runIds: [runs.ascent] }),
  moveRuns: ({ nodes, otherExperiment }) => ({ moves: [{ runIds: [nodes.Run], experimentId: otherExperiment }] }),
  assignRuns: ({ nodes }) => ({ assignments: [{ runIds: [nodes.Run], assigneeId: null }] }),
  rerunRuns: ({ nodes }) => ({ runIds: [nodes.Run], seeds: "NEXT" }),
  tagExperiments: ({ nodes }) => ({ changes: [{ experimentIds: [nodes.Experiment], add: ["added"] }] }),
  archiveExperiments: ({ nodes }) => ({ experimentIds: [nodes.Experiment] }),
  unarchiveExperiments: ({ archivedExperiment }) => ({ experimentIds: [archivedExperiment] }),
  updateExperiment: ({ nodes }) => ({ experimentId: nodes.Experiment, notes: "Changed." }),
  pin: ({ nodes }) => ({ subjectId: nodes.Run }),
  unpin: ({ nodes }) => ({ subjectId: nodes.Run }),
  createWebhook: () => ({ name: "Hook", url: "https://hooks.lab.example/", kinds: ["RUN_FAILED"], personal: true }),
  changeWebhook: ({ nodes }) => ({ webhookId: nodes.Webhook, name: "Renamed" }),
  rotateWebhookSecret: ({ nodes }) => ({ webhookId: nodes.Webhook }),
  deleteWebhook: ({ nodes }) => ({ webhookId: nodes.Webhook }),
  testWebhook: ({ nodes }) => ({ webhookId: nodes.Webhook }),
  replayDeliveries: ({ nodes }) => ({ webhookId: nodes.Webhook, since: openedAt }),
  replayDelivery: ({ nodes }) => ({ deliveryId: nodes.WebhookDelivery }),
  markNotifications: ({ nodes }) => ({ notificationIds: [nodes.Notification], read: true }),
  markAllNotificationsRead: () => ({ until: openedAt }),
  chooseNotifications: () => ({ kind: "RUN_SUCCEEDED", email: true }),
  addComment: ({ nodes }) => ({ subjectId: nodes.Run, body: "A comment." }),
  editComment: ({ nodes }) => ({ commentId: nodes.Comment, body: "Edited." }),
  deleteComment: ({ nodes }) => ({ commentId: nodes.Comment }),
  restoreComment: ({ deletedComment }) => ({ commentId: deletedComment }),
  createView: () => ({ list: "RUNS", name: "View", state: viewState }),
  updateView: ({ nodes }) => ({ viewId: nodes.View, name: "Renamed" }),
  deleteView: ({ nodes }) => ({ viewId: nodes.View }),
  restoreView: ({ deletedView }) => ({ viewId: deletedView }),
  setDefaultView: ({ nodes }) => ({ list: "RUNS", viewId: nodes.View }),
  saveComparison: ({ nodes }) => ({ title: "Saved", entries: [{ runIds: [nodes.Run] }] }),
  editSavedComparison: ({ nodes }) => ({ savedComparisonId: nodes.SavedComparison, title: "Renamed" }),
  deleteSavedComparison: ({ nodes }) => ({ savedComparisonId: nodes.SavedComparison }),
  restoreSavedComparison: ({ deletedComparison }) => ({ savedComparisonId: deletedComparison }),
  renameTag: ({ nodes }) => ({ tagId: nodes.Tag, name: "renamed" }),
  deleteTag: ({ nodes }) => ({ tagId: nodes.Tag }),
  trashRuns: ({ runs }) => ({ runIds: [runs.ascent] }),
  trashExperiments: ({ spareExperiment }) => ({ experimentIds: [spareExperiment] }),
  restoreRuns: ({ trashedRun }) => ({ runIds: [trashedRun] }),
  restoreExperiments: ({ trashedExperiment }) => ({ experimentIds: [trashedExperiment] }),
  deleteFromTrash: ({ trashedRun }) => ({ ids: [trashedRun] }),
  emptyTrash: () => null,
  lockRuns: ({ runs }) => ({ runIds: [runs.ascent] }),
  unlockRuns: ({ runs }) => ({ runIds: [runs.retraining] }),
  lockExperiment: ({ spareExperiment }) => ({ experimentId: spareExperiment }),
  unlockExperiment: ({ lockedExperiment }) => ({ experimentId: lockedExperiment }),
  createRetentionRule: () => ({ rule: oldTrash }),
  changeRetentionRule: ({ nodes }) => ({ ruleId: nodes.RetentionRule, enabled: false }),
  deleteRetentionRule: ({ nodes }) => ({ ruleId: nodes.RetentionRule }),
  requestUpload: () => ({ kind: "MODEL", fileName: "net.onnx", byteLength: 1 }),
  requestUploads: () => ({ files: [{ kind: "PHOTO", fileName: "owl.png", byteLength: 1 }] }),
  finishUpload: ({ sentUpload }) => ({ uploadId: sentUpload }),
  deleteUpload: ({ upload }) => ({ uploadId: upload }),
  previewImport: ({ importUpload }) => ({ uploadId: importUpload }),
  mapImportColumns: ({ readyImport }) => ({ importId: readyImport, columns: [{ column: "accuracy", use: "TAG" }] }),
  startImport: ({ readyImport }) => ({ importId: readyImport, experimentName: "Imported" }),
  cancelImport: ({ readyImport }) => ({ importId: readyImport }),
  undoImport: ({ nodes }) => ({ importId: nodes.Import }),
  makeRelease: ({ finishedBallot }) => ({ studyId: finishedBallot, ...releaseInput }),
  startExport: () => ({ subject: "WORKSPACE" }),
  cancelExport: ({ queuedExport }) => ({ exportId: queuedExport }),
  deleteExport: ({ nodes }) => ({ exportId: nodes.Export }),
  startBulkQuery: () => ({ query: "{ runs { nodes { key } } }", format: "JSONL" }),
  cancelBulkQuery: ({ activeBulkQueries }, { userId }) => ({
    bulkQueryId: activeBulkQueries[userId ?? ""] ?? encodeGlobalId("BulkQuery", "missing"),
  }),
  deleteBulkQuery: ({ nodes }) => ({ bulkQueryId: nodes.BulkQuery }),
  cancelRelease: ({ queuedRelease }) => ({ releaseId: queuedRelease }),
  createNormingRoom: ({ nodes, voters }) => ({ studyId: nodes.Study, images: [0], memberIds: voters }),
  changeRoomMembers: ({ blindRoom, voters }) => ({ roomId: blindRoom, add: voters }),
  castRoomVote: ({ nodes }) => ({ roomId: nodes.NormingRoom, place: places.unvoted, round: 1, label: 1 }),
  undoRoomVote: ({ nodes }) => ({ roomId: nodes.NormingRoom, place: places.voted, round: 1 }),
  revealRoomImage: ({ nodes }) => ({ roomId: nodes.NormingRoom, place: places.voted }),
  commentOnRoomImage: ({ nodes }) => ({ roomId: nodes.NormingRoom, place: places.revealed, text: "Folds." }),
  startSecondRound: ({ ledRoom }) => ({ roomId: ledRoom, place: 0 }),
  decideRoomImage: ({ nodes }) => ({ roomId: nodes.NormingRoom, place: places.votedAgain, outcome: "DISPUTED", reason: "Split." }),
  codeText: ({ textStudy }) => ({ studyId: textStudy, text: uncoded, kind: "NONE" }),
  undoTextCode: ({ nodes }) => ({ studyId: nodes.Study, text: texts.blind }),
  revealTextCodes: ({ nodes }) => ({ studyId: nodes.Study }),
  settleText: ({ nodes }) => ({ studyId: nodes.Study, text: texts.disputed, kind: "NONE", reason: "It names no label." }),
  removeStudyVoters: ({ nodes }) => ({ studyId: nodes.Study, voters: [0] }),
  raiseVoterLimit: ({ nodes }) => ({ studyId: nodes.Study, limit: 1_000_000 }),
  assignStudyImages: ({ nodes, voters }) => ({ studyId: nodes.Study, assignments: voters.map((memberId) => ({ memberId, images: [0] })) }),
  joinStudy: ({ nodes }) => ({ study: nodes.Study, language: "en", consentVersion: 1 }),
  castVote: ({ openBallot }) => ({ study: openBallot, ...ballotVote }),
  castVotes: ({ openBallot }) => ({ study: openBallot, votes: [ballotVote] }),
  undoVote: ({ openBallot }) => ({ study: openBallot, trial: ballotVote.trial }),
  finishStudy: ({ finishedBallot }) => ({ study: finishedBallot }),
  withdrawVotes: ({ openBallot }) => ({ study: openBallot }),
};

/** Inputs that need another action besides the mutation's own. */
export const furtherInputs: readonly FurtherInput[] = [
  {
    field: "createWebhook",
    name: "of the workspace",
    action: "webhook:manage",
    input: () => ({ name: "Hook", url: "https://hooks.lab.example/", kinds: ["RUN_FAILED"], personal: false }),
  },
  {
    field: "moveRuns",
    name: "into a shared experiment",
    action: "experiment:share",
    input: ({ spareRun, nodes }) => ({ moves: [{ runIds: [spareRun], experimentId: nodes.Experiment }] }),
  },
];

interface FurtherInput {
  readonly field: string;
  readonly name: string;
  readonly action: Guard;
  readonly input: (things: Filled) => object;
}

const noPreset = { preset: "none" };

/** Changes that make an input invalid, of the mutations that check the role before their input. */
export const invalidInputs: Readonly<Record<string, object>> = {
  startAscent: noPreset,
  startChain: { name: "" },
  startPerturbation: noPreset,
  startEvolution: noPreset,
  startSweep: { axes: [] },
  createExperiment: { name: "" },
  createView: { name: "" },
  saveComparison: { title: "" },
  createStudy: { title: "" },
  registerModel: { name: "" },
  uploadImage: { name: "" },
  storePhotos: { photos: [] },
  requestUpload: { fileName: "" },
  requestUploads: { files: [] },
  startAnalysis: { kind: "none" },
  inviteMember: { email: "none" },
  createApiKey: { name: "" },
  createWebhook: { name: "" },
  startBulkQuery: { query: "" },
  createRetentionRule: { rule: { ...oldTrash, days: 0 } },
};
