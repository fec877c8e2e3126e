/** Each root field and node type is guarded by the action that it declares. */
import { nodeLookups } from "@pareidolia/api/assembly/nodeLookups";
import { encodeGlobalId, type NodeType } from "@pareidolia/api/globalId/globalId";
import type { Action } from "@pareidolia/api/policy/actions";
import { readAuthorization } from "@pareidolia/api/policy/authorizationTable";
import { policy } from "@pareidolia/api/policy/policy";
import { everySender, signedIn } from "@pareidolia/api/policy/requires";
import { createSchema } from "@pareidolia/api/schema";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { isAbstractType } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { writeOpenedStudy } from "../../support/openedStudy.ts";
import { releaseInput } from "../../support/productRelease.ts";
import { seedAscent, seedPerturbation } from "../../support/queuedRuns.ts";
import { openRawSocket } from "../../support/rawSocket.ts";

const schema = await createSchema();
const { rootFields, objectTypes } = readAuthorization(schema);
const actionOf = new Map(objectTypes.map(({ name, action }) => [name, action]));

let api: MutationApi;
const ids = {
  model: "",
  ownModel: "",
  elite: "",
  image: "",
  photo: "",
  upload: "",
  photoUpload: "",
  analysis: "",
  chain: "",
  study: "",
  ballot: "",
  compared: "",
  room: encodeGlobalId("NormingRoom", "room"),
  preset: "",
  apiKey: "",
  member: "",
  invitation: "",
  workspace: encodeGlobalId("Workspace", localWorkspaceId),
  email: "",
  comment: encodeGlobalId("Comment", "comment"),
  tag: encodeGlobalId("Tag", "tag"),
};

beforeAll(async () => {
  api = await startMutationApi();
  const { connection } = api.database;
  const read = async (query: string) => (await api.query(query)).body.data;
  const { elites, models } = await read("{ elites(first: 1) { nodes { id image { id } } } models { nodes { id slug } } }");
  await connection.model.updateMany({ where: { slug: "twin" }, data: { workspaceId: localWorkspaceId, origin: "upload" } });
  const presets = await read("{ chainRecipes { presets { id } } }");
  ids.model = api.modelId;
  ids.ownModel = models.nodes.find(({ slug }: { slug: string }) => slug === "twin").id;
  ids.elite = elites.nodes[0].id;
  ids.image = elites.nodes[0].image.id;
  ids.photo = (await api.storePhoto()).id;
  ids.upload = (await api.upload(new Uint8Array([1]))).id;
  ids.photoUpload = (await api.upload(new Uint8Array([1]), "PHOTO")).id;
  ids.analysis = (await api.mutate("measureSurvival", { eliteId: ids.elite })).analysis.id;
  ids.preset = presets.chainRecipes[0].presets[0].id;
  const { id: runId } = await connection.run.findFirstOrThrow();
  ids.chain = encodeGlobalId("Chain", "chain");
  const chain = { id: "chain", workspaceId: localWorkspaceId, runId, name: "Chain", dataset: "mnist", iterations: 1 };
  await connection.chain.create({ data: chain });
  const { study } = await writeOpenedStudy(api);
  ids.ballot = encodeGlobalId("Study", study.id);
  const others = [await writeOpenedStudy(api), await writeOpenedStudy(api)];
  ids.compared = others.map(({ key: one }) => JSON.stringify(one)).join();
  const room = { id: "room", studyId: study.id, createdById: localUserId, number: 1, sequence: 1 };
  await connection.normingRoom.create({ data: room });
  await connection.normingRoomMember.create({ data: { roomId: room.id, number: 0, userId: localUserId } });
  await connection.normingRoomImage.create({ data: { roomId: room.id, place: 0, studyId: study.id, imageIndex: 0, sequence: 1 } });
  const described = { description: { creators: [], licence: {} }, version: "1.0.0", number: 1 };
  await connection.release.create({ data: { id: "release", studyId: study.id, createdById: localUserId, ...described } });
  const plan = {
    kind: "evolution",
    base: {},
    axes: [{ path: "generations", values: [1], range: null }],
    sampler: { kind: "grid" },
    seeds: [1],
    earlyStopping: { plateau: null, median: null },
  };
  const { id: experimentId } = await connection.experiment.findFirstOrThrow({ where: { number: 1 } });
  const ofSweep = { workspaceId: localWorkspaceId, createdById: localUserId, experimentId, number: 1, name: "Sweep" };
  await connection.sweep.create({ data: { id: "sweep", ...ofSweep, plan, pointCount: 1, runCount: 1 } });
  ids.study = (await api.mutate("createStudy", { title: "Study", runIds: ["RUN-1"] })).study.id;
  await connection.studyImage.updateMany({ data: { tallySequence: 1 } });
  const key = { id: "key", workspaceId: localWorkspaceId, userId: localUserId, name: "Key", prefix: "pareidolia_", secretHash: "0" };
  await connection.apiKey.create({ data: key });
  ids.apiKey = encodeGlobalId("ApiKey", "key");
  ids.member = encodeGlobalId("Member", (await connection.membership.findFirstOrThrow()).id);
  const email = "invited@pareidolia.example";
  const expiresAt = new Date(Date.now() + 60_000);
  const invitation = { id: "invitation", workspaceId: localWorkspaceId, email, role: "VIEWER", tokenHash: "0", expiresAt } as const;
  await connection.invitation.create({ data: invitation });
  ids.invitation = encodeGlobalId("Invitation", "invitation");
  const rule = {
    id: "rule",
    workspaceId: localWorkspaceId,
    action: "DELETE_TRASHED" as const,
    days: 30,
    keepPinned: true,
    enabled: false,
    states: [],
    kinds: [],
  };
  await connection.retentionRule.create({ data: rule });
  await connection.email.create({ data: { id: "email", workspaceId: localWorkspaceId, to: email, subject: "Subject", text: "Text" } });
  ids.email = encodeGlobalId("Email", "email");
  await connection.tag.create({ data: { id: "tag", workspaceId: localWorkspaceId, name: "tag" } });
  await connection.comment.create({ data: { id: "comment", workspaceId: localWorkspaceId, authorId: localUserId, runId, body: "Text" } });
  await connection.worker.create({ data: { id: "worker", host: "test", processId: 1, engine: "test", heartbeatAt: new Date() } });
  await carryOutRun({ runId: await seedAscent(api.database) }, api.context());
  const { sha256 } = await connection.image.findFirstOrThrow();
  await carryOutRun({ runId: await seedPerturbation(api.database, { sourceSha256: sha256 }) }, api.context());
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => api.close());

function deny(denied: Action): void {
  for (const grant of ["grants", "grantsVisitors"] as const)
    vi.spyOn(policy, grant).mockImplementation((_actor, action) => action !== denied);
}

/** Arguments of the queries that require them. */
const queryArguments: Readonly<Record<string, () => string>> = {
  ballot: () => `(study: "${ids.ballot}")`,
  chain: () => `(id: "${ids.chain}")`,
  retentionPreview: () => "(rule: { action: DELETE_TRASHED, days: 30 })",
  trashPreview: () => '(ids: ["RUN-1"])',
  diversity: () => '(experimentId: "EXP-1", niche: 0)',
  planSweep: () => {
    const evolution = `experimentId: "EXP-1", modelId: "${ids.model}", encoding: "direct", preset: "${ids.preset}", generations: 1, seed: 1`;
    return `(input: { run: { evolution: { ${evolution} } }, axes: [{ path: "generations", values: [1] }] })`;
  },
  report: () => '(id: "none")',
  runComparison: () => '(entries: [{ runIds: ["RUN-1"] }])',
  runGroups: () => '(groupBy: ["seed"])',
  searchValues: () => '(field: "preset")',
  studyComparison: () => `(studyIds: [${ids.compared}])`,
  sweep: () => '(id: "SWP-1")',
  transferMatrix: () => '(experimentId: "EXP-1")',
};

const subscriptionArguments: Readonly<Record<string, () => string>> = {
  normingRoomChanges: () => `(roomId: "${ids.room}")`,
  runEvents: () => '(runId: "RUN-1")',
  studyTallies: () => `(studyId: "${ids.study}")`,
  sweepChanges: () => '(sweepId: "SWP-1")',
};

const start = (preset = ids.preset) => ({ experimentId: "EXP-1", modelId: ids.model, preset, seed: 1 });
const preprocessing = { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NHWC", mean: [0], deviation: [255] };

const vote = { trial: 0, submissionId: "submission", answer: { choice: 0 }, votedAt: new Date() };

const mutationInputs: Readonly<Record<string, () => object>> = {
  startAnalysis: () => ({ kind: "survival", about: [ids.elite] }),
  scoreImage: () => ({ imageId: ids.image }),
  verifyRun: () => ({ runId: "RUN-1" }),
  forkRun: () => ({ runId: "RUN-1", generation: 0 }),
  cancelAnalysis: () => ({ analysisId: ids.analysis }),
  ablateElite: () => ({ eliteId: ids.elite }),
  measureSurvival: () => ({ eliteId: ids.elite }),
  measureDetectors: () => ({ runId: "RUN-1" }),
  scoreTransfer: () => ({ experimentId: "EXP-1" }),
  changeMemberRole: () => ({ memberId: ids.member, role: "VIEWER" }),
  suspendMember: () => ({ memberId: ids.member }),
  restoreMember: () => ({ memberId: ids.member }),
  removeMember: () => ({ memberId: ids.member }),
  undoRemoveMember: () => ({ userId: encodeGlobalId("User", "removed") }),
  inviteMember: () => ({ email: "new@pareidolia.example", role: "VIEWER" }),
  revokeInvitation: () => ({ invitationId: ids.invitation }),
  createWorkspace: () => ({ name: "Workspace" }),
  renameWorkspace: () => ({ workspaceId: ids.workspace, name: "Workspace" }),
  switchWorkspace: () => ({ workspaceId: ids.workspace }),
  transferWorkspace: () => ({ memberId: ids.member }),
  deleteWorkspace: () => ({ workspaceId: ids.workspace }),
  restoreWorkspace: () => ({ workspaceId: ids.workspace }),
  sendEmailAgain: () => ({ emailId: ids.email }),
  createApiKey: () => ({ name: "Key", scopes: ["READ"] }),
  allowMemberKeys: () => ({ allowed: true }),
  revokeApiKey: () => ({ apiKeyId: ids.apiKey }),
  startAscent: start,
  startChain: () => ({ ...start(), name: "Chain", dataset: "mnist", iterations: 1 }),
  createExperiment: () => ({ name: "Experiment" }),
  createStudy: () => ({ title: "Study" }),
  editStudy: () => ({ studyId: ids.study, revision: 1 }),
  openStudy: () => ({ studyId: ids.study, revision: 1 }),
  changeStudyState: () => ({ studyId: ids.study, state: "CLOSED" }),
  forkStudy: () => ({ studyId: ids.study }),
  deleteStudy: () => ({ studyId: ids.study }),
  archiveExperiment: () => ({ experimentId: "EXP-1" }),
  setExperimentVisibility: () => ({ experimentId: "EXP-1", visibility: "PUBLIC" }),
  registerModel: () => ({ name: "Model", uploadId: ids.upload, labels: ["a", "b"], preprocessing }),
  checkModel: () => ({ modelId: ids.ownModel }),
  deleteModel: () => ({ modelId: ids.ownModel }),
  startPerturbation: () => ({ ...start(), sourceId: ids.image, attack: "pgd" }),
  uploadImage: () => ({ uploadId: ids.photoUpload, name: "Photo" }),
  deletePhoto: () => ({ photoId: ids.photo }),
  startEvolution: () => ({ ...start(), encoding: "direct", generations: 1 }),
  startRun: () => ({ ...start(), encoding: "direct", generations: 1 }),
  startSweep: () => ({
    run: { evolution: { ...start(), encoding: "direct", generations: 1 } },
    axes: [{ path: "generations", values: [1] }],
  }),
  pauseSweep: () => ({ sweepId: "SWP-1" }),
  resumeSweep: () => ({ sweepId: "SWP-1" }),
  cancelSweep: () => ({ sweepId: "SWP-1" }),
  changeSweep: () => ({ sweepId: "SWP-1", limits: {} }),
  pauseRun: () => ({ runId: "RUN-1" }),
  resumeRun: () => ({ runId: "RUN-1" }),
  cancelRun: () => ({ runId: "RUN-1" }),
  deleteRun: () => ({ runId: "RUN-1" }),
  renameRun: () => ({ runId: "RUN-1", name: "Renamed" }),
  updateRun: () => ({ runId: "RUN-1", notes: "Notes" }),
  tagRuns: () => ({ changes: [{ runIds: ["RUN-1"], add: ["tag"] }] }),
  archiveRuns: () => ({ runIds: ["RUN-1"] }),
  unarchiveRuns: () => ({ runIds: ["RUN-1"] }),
  moveRuns: () => ({ moves: [{ runIds: ["RUN-1"], experimentId: "EXP-1" }] }),
  assignRuns: () => ({ assignments: [{ runIds: ["RUN-1"], assigneeId: null }] }),
  rerunRuns: () => ({ runIds: ["RUN-1"], seeds: "SAME" }),
  tagExperiments: () => ({ changes: [{ experimentIds: ["EXP-1"], add: ["tag"] }] }),
  archiveExperiments: () => ({ experimentIds: ["EXP-1"] }),
  unarchiveExperiments: () => ({ experimentIds: ["EXP-1"] }),
  updateExperiment: () => ({ experimentId: "EXP-1", notes: "Notes" }),
  pin: () => ({ subjectId: "RUN-1" }),
  unpin: () => ({ subjectId: "RUN-1" }),
  addComment: () => ({ subjectId: "RUN-1", body: "Comment" }),
  editComment: () => ({ commentId: ids.comment, body: "Comment" }),
  deleteComment: () => ({ commentId: ids.comment }),
  restoreComment: () => ({ commentId: ids.comment }),
  renameTag: () => ({ tagId: ids.tag, name: "renamed" }),
  deleteTag: () => ({ tagId: ids.tag }),
  trashRuns: () => ({ runIds: ["RUN-1"] }),
  trashExperiments: () => ({ experimentIds: ["EXP-1"] }),
  restoreRuns: () => ({ runIds: ["RUN-1"] }),
  restoreExperiments: () => ({ experimentIds: ["EXP-1"] }),
  deleteFromTrash: () => ({ ids: ["RUN-1"] }),
  lockRuns: () => ({ runIds: ["RUN-1"] }),
  unlockRuns: () => ({ runIds: ["RUN-1"] }),
  lockExperiment: () => ({ experimentId: "EXP-1" }),
  unlockExperiment: () => ({ experimentId: "EXP-1" }),
  createRetentionRule: () => ({ rule: { action: "DELETE_TRASHED", days: 30 } }),
  changeRetentionRule: () => ({ ruleId: encodeGlobalId("RetentionRule", "rule"), enabled: false }),
  deleteRetentionRule: () => ({ ruleId: encodeGlobalId("RetentionRule", "rule") }),
  requestUpload: () => ({ kind: "MODEL", fileName: "net.onnx", byteLength: 1 }),
  finishUpload: () => ({ uploadId: ids.upload }),
  deleteUpload: () => ({ uploadId: ids.upload }),
  createNormingRoom: () => ({ studyId: ids.ballot, images: [0], memberIds: [ids.member] }),
  changeRoomMembers: () => ({ roomId: ids.room, add: [ids.member] }),
  castRoomVote: () => ({ roomId: ids.room, place: 0, round: 1, label: 1 }),
  revealRoomImage: () => ({ roomId: ids.room, place: 0 }),
  commentOnRoomImage: () => ({ roomId: ids.room, place: 0, text: "Folds." }),
  startSecondRound: () => ({ roomId: ids.room, place: 0 }),
  decideRoomImage: () => ({ roomId: ids.room, place: 0, outcome: "DISPUTED", reason: "Split." }),
  makeRelease: () => ({ studyId: ids.ballot, ...releaseInput }),
  cancelRelease: () => ({ releaseId: encodeGlobalId("Release", "release") }),
  assignStudyImages: () => ({ studyId: ids.ballot, assignments: [{ memberId: ids.member, images: [0] }] }),
  joinStudy: () => ({ study: ids.ballot, language: "en", consentVersion: 1 }),
  castVote: () => ({ study: ids.ballot, ...vote }),
  castVotes: () => ({ study: ids.ballot, votes: [vote] }),
  undoVote: () => ({ study: ids.ballot, trial: 0 }),
  finishStudy: () => ({ study: ids.ballot }),
  withdrawVotes: () => ({ study: ids.ballot }),
};

const fieldsOf = (root: string) =>
  rootFields.flatMap(({ name, action }) =>
    name.startsWith(`${root}.`) && action !== signedIn && action !== everySender ? [[name.slice(root.length + 1), action] as const] : [],
  );

/** The policy names the denied action in its message. */
const refusalOf = (action: Action): unknown => expect.stringContaining(`(${action})`);

describe("the query", () => {
  it.each(fieldsOf("Query"))("%s is refused only without %s", async (field, action) => {
    const query = `{ ${field}${queryArguments[field]?.() ?? ""} { __typename } }`;
    expect((await api.query(query)).body.errors).toBeUndefined();
    deny(action);
    const [error] = (await api.query(query)).body.errors;
    // A row that is read by its id is hidden instead of forbidden.
    expect(error).toMatchObject(
      field === "chain" ? { extensions: { code: "NOT_FOUND" } } : { extensions: { code: "FORBIDDEN" }, message: refusalOf(action) },
    );
  });
});

describe("the mutation", () => {
  it.each(fieldsOf("Mutation"))("%s is refused without %s", async (field, action) => {
    deny(action);
    const type = schema.getMutationType()?.getFields()[field]?.args[0]?.type.toString();
    const [declared, given] = type === undefined ? ["", ""] : [`($input: ${type})`, "(input: $input)"];
    const query = `mutation ${declared} { ${field}${given} { __typename ... on Error { message } } }`;
    const { body } = await api.query(query, { input: mutationInputs[field]?.() });
    expect(body).toEqual({ data: { [field]: { __typename: "ForbiddenError", message: refusalOf(action) } } });
  });
});

describe("the subscription", () => {
  it.each(fieldsOf("Subscription"))("%s is refused only without %s", async (field, action) => {
    const socket = await openRawSocket(api.url);
    const query = `subscription { ${field}${subscriptionArguments[field]?.() ?? ""} { __typename } }`;
    socket.subscribe("allowed", query);
    expect(await socket.answer("allowed")).toMatchObject({
      type: "next",
      payload: { data: { [field]: { __typename: expect.any(String) } } },
    });
    deny(action);
    socket.subscribe("denied", query);
    expect(await socket.answer("denied")).toMatchObject({
      type: "next",
      payload: { errors: [{ extensions: { code: "FORBIDDEN" }, message: refusalOf(action) }] },
    });
    await socket.close();
  });
});

describe("a node", () => {
  it.each([...nodeLookups.keys()] as NodeType[])("of type %s is hidden only without the action that its type declares", async (type) => {
    const query = `{ node(id: "${encodeGlobalId(type, await findRowId(type))}") { __typename } }`;
    expect(typesOf(type)).toContain((await api.query(query)).body.data.node.__typename);
    const [action, ...others] = new Set(typesOf(type).map((name) => actionOf.get(name)));
    if (action === undefined || action === signedIn || action === everySender || others.length > 0)
      throw new Error(`${type} does not declare one action.`);
    deny(action);
    expect((await api.query(query)).body.data.node).toBeNull();
  });
});

/** The object types that share this type's global ids: four for a run. */
function typesOf(type: NodeType): string[] {
  const named = schema.getType(type);
  return isAbstractType(named) ? schema.getPossibleTypes(named).map(({ name }) => name) : [type];
}

async function findRowId(type: NodeType): Promise<string> {
  const { connection } = api.database;
  const tables = {
    User: connection.user,
    Workspace: connection.workspace,
    Model: connection.model,
    NormingRoom: connection.normingRoom,
    Experiment: connection.experiment,
    Release: connection.release,
    Run: connection.run,
    Elite: connection.elite,
    Genome: connection.genome,
    Score: connection.score,
    Study: connection.study,
    Sweep: connection.sweep,
    Worker: connection.worker,
    ApiKey: connection.apiKey,
    Member: connection.membership,
    Invitation: connection.invitation,
    Email: connection.email,
    Photo: connection.photo,
    Trajectory: connection.trajectory,
    Perturbation: connection.perturbation,
    Chain: connection.chain,
    Comment: connection.comment,
    Tag: connection.tag,
    Analysis: connection.analysis,
    RetentionRule: connection.retentionRule,
  } as const;
  if (type === "AuditEntry") return `${localWorkspaceId}.1`;
  if (type === "Image") return (await connection.image.findFirstOrThrow()).sha256;
  const table: { findFirstOrThrow(): Promise<{ id: string }> } = tables[type];
  return (await table.findFirstOrThrow()).id;
}
