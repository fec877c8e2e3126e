/**
 * A server with accounts and two filled workspaces for the matrix. Once it is open, no transaction of its mutations is committed, so that
 * every cell starts from the same rows and no cell depends on another one.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServices } from "@pareidolia/api/assembly/createServices";
import type { Services } from "@pareidolia/api/assembly/nounModule";
import { encodeGlobalId, type NodeType } from "@pareidolia/api/globalId/globalId";
import type { Bell, Followers } from "@pareidolia/api/live/followers";
import { StoreHealth } from "@pareidolia/api/objectStore/storeHealth";
import type { RunEventFeed } from "@pareidolia/api/runEvent/runEventFeed";
import { defaultLimits } from "@pareidolia/api/upload/upload.service";
import type { Actor } from "@pareidolia/core/actor";
import type { Visibility } from "@pareidolia/core/visibility";
import type { Queue } from "@pareidolia/jobs/queue";
import { proveSharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import type { Database, Transaction } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { type DamagedFile, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { defaultQuotas } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { localUserId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { pino } from "pino";
import { accountSettings, startAccountsApi } from "../support/accounts.ts";
import { createStranger, stranger } from "../support/actors.ts";
import { withClient } from "../support/postgresServer.ts";
import { postJson } from "../support/postJson.ts";
import { missingBallots } from "./ballots.ts";
import { BulkQueries } from "./bulkQueries.ts";
import { missingExports } from "./exports.ts";
import { missingImports } from "./imports.ts";
import { MergedQueries, type Sent } from "./mergedQueries.ts";
import { moveTo } from "./moveTo.ts";
import { createPeople, type Person, spareSessionOf } from "./people.ts";
import type { Place, SharedPlace } from "./place.ts";
import { populate } from "./populate.ts";
import { type Processes, startProcesses } from "./processes.ts";
import { missingReleases } from "./releases.ts";
import { writeReportFolder } from "./reportFolder.ts";
import { missingRooms } from "./rooms.ts";
import type { Answer, Completed, World } from "./row.ts";
import { missingComparisons } from "./savedComparisons.ts";
import { collectSecrets, findSecrets, noteSecrets } from "./secrets.ts";
import { missingSweeps } from "./sweeps.ts";
import type { Things } from "./things.ts";
import { missingTrash } from "./trash.ts";
import { writeLast } from "./writeLast.ts";

export interface OpenWorld extends World {
  /** The services of the server, for rows that call resolvers themselves. */
  readonly services: Services;
  /** For rows that a test adds; its own writes are committed. */
  readonly connection: Database["connection"];
  readonly reportFolder: string;
  actorOf(person: Person): Actor;
  /** The experiment of the second workspace that places show. */
  readonly sharedExperimentId: string;
  close(): Promise<void>;
}

/** Without its link, an unlisted experiment is as private as any other, and the link itself is a secret. */
const visibilities: Readonly<Record<Place | SharedPlace, Visibility>> = {
  own: "UNLISTED",
  other: "UNLISTED",
  missing: "UNLISTED",
  public: "PUBLIC",
  unlisted: "UNLISTED",
  unlinked: "UNLISTED",
  withdrawn: "PRIVATE",
};

/** Rolls a transaction back and carries its result. */
class RolledBack extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super("Rolled back.");
    this.result = result;
  }
}

/** What a transaction may add to: the members of each workspace, and the last number in its audit log. */
interface Counts {
  readonly members: ReadonlyMap<string, number>;
  readonly entries: ReadonlyMap<string, number>;
}

async function readCounts(connection: Transaction["connection"]): Promise<Counts> {
  const rows = await connection.$queryRaw<{ table: keyof Counts; workspaceId: string; count: number }[]>`
    SELECT 'members' AS table, workspace_id AS "workspaceId", count(*)::int AS count FROM memberships GROUP BY 2
    UNION ALL SELECT 'entries', workspace_id, max(sequence) FROM audit_entries GROUP BY 2`;
  const of = (name: keyof Counts) =>
    new Map(rows.flatMap(({ table, workspaceId, count }) => (table === name ? [[workspaceId, count]] : [])));
  return { members: of("members"), entries: of("entries") };
}

interface Entry {
  readonly workspaceId: string;
  readonly action: string;
}

/** The entries since the counts were read. */
function readEntriesSince(connection: Transaction["connection"], { entries }: Counts): Promise<readonly Entry[]> {
  return connection.$queryRaw<Entry[]>`
    SELECT workspace_id AS "workspaceId", action FROM audit_entries
    WHERE sequence > coalesce((${JSON.stringify(Object.fromEntries(entries))}::jsonb ->> workspace_id)::int, 0)`;
}

/** A function of the database with the workspaces of the rows that a transaction has written: its plan is kept, as a statement's is not. */
async function createWrittenWorkspaces(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const tables = await client.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = 'workspace_id'`);
    const rows = tables.rows
      .map(({ name }) => `SELECT workspace_id FROM ${name} WHERE xmin = pg_current_xact_id()::xid`)
      .join(" UNION ALL ");
    await client.query(`CREATE FUNCTION written_workspaces() RETURNS SETOF text LANGUAGE plpgsql AS
    $$ BEGIN RETURN QUERY SELECT DISTINCT w.workspace_id FROM (${rows}) w WHERE w.workspace_id IS NOT NULL; END $$`);
  });
}

async function readWrittenWorkspaces(connection: Transaction["connection"]): Promise<readonly string[]> {
  return (await connection.$queryRaw<{ id: string }[]>`SELECT written_workspaces() AS id`).map(({ id }) => id);
}

/** Commits until `rollBack` is set. */
class RollingBack {
  isOn = false;
  #completed: Completed[] = [];

  take(): readonly Completed[] {
    const completed = this.#completed;
    this.#completed = [];
    return completed;
  }

  wrap(database: Database): Database {
    return {
      ...database,
      transaction: async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
        if (!this.isOn) return database.transaction(work);
        try {
          return await database.transaction(async (transaction) => {
            const { connection } = transaction;
            const before = await readCounts(connection);
            const result = await work(transaction);
            const entries = await readEntriesSince(connection, before);
            const [were, are] = [before.members, (await readCounts(connection)).members];
            const changed = [...new Set([...were.keys(), ...are.keys()])].filter((id) => were.get(id) !== are.get(id));
            const logs = new Set(entries.map(({ workspaceId }) => workspaceId));
            const isLogged = changed.every((id) => logs.has(id));
            const written = await readWrittenWorkspaces(connection);
            this.#completed.push({
              actions: isLogged ? entries.map(({ action }) => action) : [],
              unloggedIn: written.filter((id) => !logs.has(id)),
            });
            throw new RolledBack(result);
          });
        } catch (error) {
          if (error instanceof RolledBack) return error.result as T;
          throw error;
        }
      },
    };
  }
}

/** The forms of uploads outlive the matrix. */
const uploadLimits = { ...defaultLimits, perUser: 100, total: 100, formMilliseconds: 24 * 60 * 60_000 };

function missing(things: Things): Things {
  const nodes = Object.fromEntries(Object.keys(things.nodes).map((type) => [type, encodeGlobalId(type as NodeType, "missing")]));
  const uuid = "00000000-0000-4000-8000-000000000000";
  const run = encodeGlobalId("Run", "missing");
  return {
    workspaceId: "missing",
    nodes: {
      ...nodes,
      AuditEntry: encodeGlobalId("AuditEntry", "missing.1"),
      Image: encodeGlobalId("Image", "0".repeat(64)),
    } as Things["nodes"],
    runs: { evolution: run, ascent: run, perturbation: run, retraining: run, imported: run, queued: run, paused: run },
    queuedAnalysis: encodeGlobalId("Analysis", "missing"),
    draftStudy: encodeGlobalId("Study", "missing"),
    textStudy: encodeGlobalId("Study", "missing"),
    otherExperiment: encodeGlobalId("Experiment", "missing"),
    archivedExperiment: encodeGlobalId("Experiment", "missing"),
    deletedComment: encodeGlobalId("Comment", "missing"),
    deletedView: encodeGlobalId("View", "missing"),
    ...missingTrash,
    ...missingBallots,
    ...missingImports,
    ...missingExports,
    ...missingReleases,
    ...missingRooms,
    ...missingSweeps,
    ...missingComparisons,
    otherElite: encodeGlobalId("Elite", "missing"),
    forkedElite: encodeGlobalId("Elite", "missing"),
    workspaceWebhook: encodeGlobalId("Webhook", "missing"),
    tenClassModel: encodeGlobalId("Model", "missing"),
    removedUser: encodeGlobalId("User", "missing"),
    builtInModel: encodeGlobalId("Model", "missing"),
    runKeys: [],
    speed: 0,
    photoRuns: 0,
    experiments: 0,
    storageQuota: 0,
    keyOfAnother: encodeGlobalId("ApiKey", "missing"),
    activeBulkQueries: {},
    bulkQueryKeys: {},
    partUploads: {},
    studyLink: "A".repeat(22),
    workspaceName: "",
    since: 0,
    ofPerson: () => ({
      BulkQuery: encodeGlobalId("BulkQuery", "missing"),
      Notification: encodeGlobalId("Notification", "missing"),
      Webhook: encodeGlobalId("Webhook", "missing"),
      WebhookDelivery: encodeGlobalId("WebhookDelivery", "missing"),
    }),
    deletedWorkspace: encodeGlobalId("Workspace", "missing"),
    upload: uuid,
    otherUpload: uuid,
    photoUpload: uuid,
    importUpload: uuid,
    sentUpload: uuid,
    form: {
      ...things.form,
      fields: things.form.fields.map(({ name, value }) => ({ name, value: name === "key" ? `uploads/${uuid}` : value })),
    },
    sha256: "0".repeat(64),
  };
}

interface WorldOptions {
  /** Every actor looks in every place. */
  readonly isComplete?: boolean;
  /** Requests that only read go to an API and a web application of their own; no change may be committed there, so changes do not. */
  readonly hasProcesses?: boolean;
}

export async function openWorld({ isComplete = false, hasProcesses = false }: WorldOptions = {}): Promise<OpenWorld> {
  const rolling = new RollingBack();
  const reports = await writeReportFolder();
  const damage: DamagedFile[] = [];
  const home = await mkdtemp(path.join(tmpdir(), "pareidolia-matrix-"));
  const objectStore: ObjectStore = { ...openFolderStore({ folder: path.join(home, "objects") }), findDamage: async () => damage };
  const api = await startAccountsApi({
    objectStore,
    wrapDatabase: (database) => rolling.wrap(database),
    reportFolders: [reports.folder],
    uploadLimits,
  });
  let processes: Processes | null = null;
  const close = async (): Promise<void> => {
    await processes?.close();
    await api.close();
    await reports.remove();
    await rm(home, { recursive: true });
  };
  try {
    await createWrittenWorkspaces(api.ownerUrl);
    await createStranger(api.database);
    const filledOthers = await moveTo(api, await populate(api, 1), stranger);
    const people = await createPeople(api.database.connection);
    const [own, others] = await writeLast(
      api,
      [
        { things: await populate(api, 2), ownerId: localUserId },
        { things: filledOthers, ownerId: stranger.userId },
      ],
      people,
    );
    for (const { workspaceId, storageQuota } of [own, others])
      await api.database.connection.workspace.update({ where: { id: workspaceId }, data: { storageQuota } });
    damage.push({ file: "packs/1", problem: "It is cut off.", lost: [own, others].map(({ sha256 }) => imageKey(sha256)) });
    const shareToken = "A".repeat(43);
    const secrets = await collectSecrets(
      { connection: api.database.connection, ownerUrl: api.ownerUrl },
      [own, others],
      others,
      shareToken,
    );
    rolling.isOn = true;
    const places: Readonly<Record<string, Readonly<Record<Place, Things>>>> = {
      [own.workspaceId]: { own, other: others, missing: missing(own) },
      [others.workspaceId]: { own: others, other: own, missing: missing(own) },
    };
    const thingsOf = (person: Person, place: Place): Things => {
      const things = places[person.home]?.[place];
      if (things === undefined) throw new Error(`There is no workspace ${person.home}.`);
      // A network is shared by the runs that use it.
      if (person.visiting !== undefined) return { ...things, nodes: { ...things.nodes, Model: things.tenClassModel } };
      if (place !== "own" || person.userId === null) return things;
      const ofMember =
        person.apiKeyId === null ? {} : { ApiKey: encodeGlobalId("ApiKey", person.apiKeyId), ...things.ofPerson(person.userId) };
      return { ...things, nodes: { ...things.nodes, Session: encodeGlobalId("Session", spareSessionOf(person.userId)), ...ofMember } };
    };
    const [experiment, ownExperiment] = [others, own].map(({ nodes }) =>
      Buffer.from(nodes.Experiment, "base64url").toString().slice("Experiment:".length),
    ) as [string, string];
    const unlisted = { visibility: "UNLISTED", shareToken: "B".repeat(43) } as const;
    await api.database.connection.experiment.update({ where: { id: ownExperiment }, data: unlisted });
    let shown: Visibility = "PRIVATE";
    const show = async (place: Place | SharedPlace): Promise<void> => {
      const visibility = visibilities[place];
      if (visibility === shown) return;
      const isPublic = visibility === "PUBLIC";
      const data = { visibility, shareToken: visibility === "UNLISTED" ? shareToken : null, publishedAt: isPublic ? new Date() : null };
      await api.database.connection.experiment.update({ where: { id: experiment }, data });
      shown = visibility;
    };
    const { database } = api;
    const logger = pino({ level: "silent" });
    const health = new StoreHealth(await proveSharedStore(database.connection, objectStore), logger);
    // Resolvers of paths neither start nor follow anything.
    const unused = {
      logger,
      queue: {} as Queue,
      feed: {} as RunEventFeed,
      studyVotes: {} as Followers<Bell>,
      presenceChanges: {} as Followers<Bell>,
      sweepChanges: {} as Followers<Bell>,
      roomChanges: {} as Followers<Bell>,
      workspaceChanges: {} as Followers<Bell>,
      notificationChanges: {} as Followers<Bell>,
      channelProblems: { email: null, webhook: null },
      secret: "s".repeat(32),
      quotas: defaultQuotas,
    };
    const services = createServices({ database, objectStore, health, ...unused, reportFolders: [reports.folder], publicUrl: null });
    if (hasProcesses) processes = await startProcesses({ databaseUrl: api.databaseUrl, home, reportFolder: reports.folder });
    const url = processes?.url ?? api.url;
    const send = async (person: Person, query: string, variables: object): Promise<Sent> => {
      const headers = { origin: accountSettings.publicUrl.origin, ...person.headers };
      const receiver = query.startsWith("mutation") ? api.url : url;
      const { status, text } = await postJson(`${receiver}/graphql`, JSON.stringify({ query, variables }), { headers });
      const { data, errors } = JSON.parse(text) as Pick<Answer, "data" | "errors">;
      return { status, data, errors, shown: findSecrets(secrets, person, text) };
    };
    const queries = new MergedQueries(send);
    return {
      url,
      changesUrl: api.url,
      people,
      bulkQueries: new BulkQueries({ database, objectStore, services }),
      isComplete,
      services,
      connection: database.connection,
      reportFolder: reports.folder,
      sharedExperimentId: experiment,
      actorOf({ userId, home, role, scopes }) {
        if (userId === null || role === null) throw new Error("A sender who is not signed in has no actor.");
        return { userId, workspaceId: home, role, ...(scopes === null ? {} : { key: { id: "key", scopes } }) };
      },
      thingsOf,
      show,
      visit(person, place) {
        const headers = place === "unlisted" || place === "withdrawn" ? { ...person.headers, "x-share-token": shareToken } : person.headers;
        return { ...person, headers, home: others.workspaceId, visiting: place, apiKeyId: null };
      },
      takeTransactions: () => rolling.take(),
      async forgetAttempts() {
        await api.database.connection.$executeRaw`DELETE FROM rate_limits`;
      },
      async query(person, query, variables = {}) {
        const ask = query.startsWith("mutation") ? send : queries.ask.bind(queries);
        const { shown: found, ...answer } = await ask(person, query, variables);
        noteSecrets(found);
        return answer as Answer<never>;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
