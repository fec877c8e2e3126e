/** Each root field and node type is guarded by the action that it declares. */
import { nodeLookups } from "@pareidolia/api/assembly/nodeLookups";
import { encodeGlobalId, type NodeType } from "@pareidolia/api/globalId/globalId";
import { phraseOf } from "@pareidolia/api/policy/actionPhrases";
import type { Action } from "@pareidolia/api/policy/actions";
import { readAuthorization } from "@pareidolia/api/policy/authorizationTable";
import { policy } from "@pareidolia/api/policy/policy";
import { everySender, signedIn } from "@pareidolia/api/policy/requires";
import { createSchema } from "@pareidolia/api/schema";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { isAbstractType } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { writeSavedComparisons } from "../../matrix/savedComparisons.ts";
import { importRow } from "../../support/importRow.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { writeOpenedStudy } from "../../support/openedStudy.ts";
import { seedAscent, seedPerturbation } from "../../support/queuedRuns.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { ids, mutationInputs, queryArguments, subscriptionArguments } from "../../support/rootArguments.ts";

const schema = await createSchema();
const { rootFields, objectTypes } = readAuthorization(schema);
const actionOf = new Map(objectTypes.map(({ name, action }) => [name, action]));

let api: MutationApi;
const readyImport = importRow({ id: "import", workspaceId: localWorkspaceId, createdById: localUserId, state: "READY" });

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
  ids.importUpload = (await api.upload(new Uint8Array([1]), "IMPORT")).id;
  await connection.import.create({ data: readyImport });
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
  const { genome, id: eliteId } = await connection.elite.findFirstOrThrow({ include: { genome: true } });
  await writeSavedComparisons(connection, { sha256: genome.imageSha256, eliteId }, 1);
  await connection.savedComparison.deleteMany({ where: { deletedAt: { not: null } } });
  const exported = { workspaceId: localWorkspaceId, createdById: localUserId, subject: "workspace", parts: [], formats: ["csv"] };
  const asked = { query: "{ runs { nodes { key } } }", variables: {}, format: "jsonl", columns: [], downloadKey: "", name: "BULK-1" };
  await connection.bulkQuery.create({ data: { id: "bulk", number: 1, workspaceId: localWorkspaceId, createdById: localUserId, ...asked } });
  await connection.export.create({ data: { id: "export", number: 1, ...exported } });
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
  await connection.session.create({ data: { id: "session", userId: localUserId, token: "token", expiresAt } });
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
  const view = {
    workspaceId: localWorkspaceId,
    createdById: localUserId,
    list: "RUNS" as const,
    search: "",
    sort: "-median",
    shared: true,
  };
  await connection.view.create({ data: { ...view, id: "view", number: 1, name: "View", columns: [], groupBy: [] } });
  await connection.comment.create({ data: { id: "comment", workspaceId: localWorkspaceId, authorId: localUserId, runId, body: "Text" } });
  const told = { workspaceId: localWorkspaceId, userId: localUserId, kind: "RUN_SUCCEEDED", event: "test", runId };
  await connection.notification.create({ data: { id: "notification", ...told } });
  const hook = {
    workspaceId: localWorkspaceId,
    ownerId: localUserId,
    name: "Hook",
    url: "https://hooks.lab.example/",
    kinds: ["RUN_FAILED"],
  };
  await connection.webhook.create({ data: { id: "webhook", ...hook, secret: "sealed" } });
  await connection.webhookDelivery.create({ data: { id: "delivery", webhookId: "webhook", event: "test", kind: "TEST" } });
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

const fieldsOf = (root: string) =>
  rootFields.flatMap(({ name, action }) =>
    name.startsWith(`${root}.`) && action !== signedIn && action !== everySender ? [[name.slice(root.length + 1), action] as const] : [],
  );

/** The policy says in its message what is denied. Each action has its own words. */
const refusalOf = (action: Action): unknown => expect.stringMatching(new RegExp(`(Only owners can|Owners can't) ${phraseOf(action)}\\.`));

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
    BulkQuery: connection.bulkQuery,
    Export: connection.export,
    Release: connection.release,
    Run: connection.run,
    SavedComparison: connection.savedComparison,
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
    Notification: connection.notification,
    Webhook: connection.webhook,
    WebhookDelivery: connection.webhookDelivery,
    Trajectory: connection.trajectory,
    Perturbation: connection.perturbation,
    Chain: connection.chain,
    Comment: connection.comment,
    Tag: connection.tag,
    View: connection.view,
    Analysis: connection.analysis,
    Import: connection.import,
    RetentionRule: connection.retentionRule,
    Session: connection.session,
  } as const;
  if (type === "AuditEntry") return `${localWorkspaceId}.1`;
  if (type === "Image") return (await connection.image.findFirstOrThrow()).sha256;
  const table: { findFirstOrThrow(): Promise<{ id: string }> } = tables[type];
  return (await table.findFirstOrThrow()).id;
}
