/** An API with its own database, called over real HTTP. */
import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PersistedOperations } from "@pareidolia/api/http/persistedOperations";
import { openAccessChanges } from "@pareidolia/api/identity/accessChanges";
import type { AccountSettings } from "@pareidolia/api/identity/accounts";
import type { Authenticate } from "@pareidolia/api/identity/authenticate";
import { openIdentity } from "@pareidolia/api/identity/openIdentity";
import { openRoomChanges } from "@pareidolia/api/normingRoom/openRoomChanges";
import { openNotificationChanges } from "@pareidolia/api/notification/openNotificationChanges";
import { openPresenceChanges } from "@pareidolia/api/presence/openPresenceChanges";
import { Changes } from "@pareidolia/api/recall/changes";
import { openRunEventFeed } from "@pareidolia/api/runEvent/runEventFeed";
import { createSchema } from "@pareidolia/api/schema";
import { startServer } from "@pareidolia/api/server";
import { openStudyVotes } from "@pareidolia/api/studyTally/openStudyVotes";
import { openSweepChanges } from "@pareidolia/api/sweep/openSweepChanges";
import type { UploadLimits } from "@pareidolia/api/upload/upload.service";
import { openWorkspaceChanges } from "@pareidolia/api/workspaceChange/openWorkspaceChanges";
import type { Actor } from "@pareidolia/core/actor";
import type { CostLimit } from "@pareidolia/persistence/server/costBuckets/spendCost";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { defaultQuotas, type QuotaDefaults } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import type { QueueLimits } from "@pareidolia/server/fairQueue";
import { pino } from "pino";
import { authenticateLocalOwner, credentialsOf } from "./actors.ts";
import { createTestDatabase } from "./database.ts";
import type { DatabasePool } from "./databasePool.ts";
import { lazyQueue } from "./lazyQueue.ts";
import { postJson } from "./postJson.ts";

interface Cost {
  readonly cost: number;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  readonly body: any;
  /** Of a GraphQL response, such as its cost; the body is without them. */
  readonly extensions: { readonly cost: Cost };
}

export interface TestApi {
  readonly url: string;
  readonly databaseUrl: string;
  /** For what only the owner of the tables may do. */
  readonly ownerUrl: string;
  /** Whether the database has the rows of the pool. */
  readonly isRestored: boolean;
  readonly database: Database;
  readonly objectStore: ObjectStore;
  query(query: string, variables?: Record<string, unknown>, actor?: Actor): Promise<Answer>;
  post(body: string, headers?: Record<string, string>): Promise<Answer>;
  /** Waits until the API has heard of earlier changes of access that only the database notifies it of: those that a test makes by itself. */
  hearChanges(): Promise<void>;
  close(): Promise<void>;
}

export interface TestApiOptions {
  /** Report folders; default: none. */
  readonly reportFolders?: readonly string[];
  /** Default: a new folder. The caller closes its own store. */
  readonly objectStore?: ObjectStore;
  /** Time limit of SQL statements; default: none. */
  readonly answerWithinSeconds?: number;
  /** Slots and timeouts of uploads. */
  readonly uploadLimits?: UploadLimits;
  /** Default: those of an installation without settings. */
  readonly quotas?: QuotaDefaults;
  /** Default: no limit. */
  readonly costLimit?: CostLimit;
  /** How many operations run at once; default: the server's. */
  readonly turns?: QueueLimits;
  /** Which documents a session may send; default: any. */
  readonly operations?: readonly string[];
  /** Default: requests without credentials come from the local owner. */
  readonly authenticate?: Authenticate;
  /** Sign-in by session cookie, instead of `authenticate`. */
  readonly accounts?: AccountSettings;
  /** Databases with rows that the test needs; default: migrated ones without rows. */
  readonly pool?: DatabasePool;
  /** Another API, whose database and object store this one shares, as a second process would. */
  readonly beside?: TestApi;
  /** The server does not hear of changed access, as if each notification were lost. */
  readonly losesNotifications?: boolean;
  /** What the server gets instead of its database, such as one that commits nothing. */
  readonly wrapDatabase?: (database: Database) => Database;
  /** Maps the database's URL to the one that the API uses, such as that of a proxy. */
  readonly reachDatabase?: (url: string) => Promise<string>;
}

let schema: ReturnType<typeof createSchema> | null = null;

/** Building the schema takes a tenth of a second of the processor's time, so the tests of a process share it. */
function readSchema(): ReturnType<typeof createSchema> {
  schema ??= createSchema();
  return schema;
}

export async function startTestApi(given: TestApiOptions = {}): Promise<TestApi> {
  const { beside } = given;
  const {
    url: direct,
    ownerUrl,
    isRestored,
    drop,
  } = beside === undefined
    ? await createTestDatabase(given.pool)
    : { url: beside.databaseUrl, ownerUrl: beside.ownerUrl, isRestored: true, drop: async () => undefined };
  const databaseUrl = (await given.reachDatabase?.(direct)) ?? direct;
  const folder = mkdtempSync(path.join(tmpdir(), "pareidolia-api-"));
  const secret = given.accounts?.secret ?? "s".repeat(32);
  const database = await openDatabase(databaseUrl, { answerWithinSeconds: given.answerWithinSeconds, secret });
  const objectStore = given.objectStore ?? beside?.objectStore ?? openFolderStore({ folder });
  const queue = lazyQueue(databaseUrl);
  const feed = await openRunEventFeed({ database, url: databaseUrl });
  const studyVotes = await openStudyVotes(databaseUrl);
  const presenceChanges = await openPresenceChanges(databaseUrl);
  const sweepChanges = await openSweepChanges(databaseUrl);
  const roomChanges = await openRoomChanges(databaseUrl);
  const workspaceChanges = await openWorkspaceChanges(databaseUrl);
  const notificationChanges = await openNotificationChanges(databaseUrl);
  const accessChanges = await openAccessChanges(databaseUrl);
  const heard = given.losesNotifications === true ? null : accessChanges;
  const changes = new Changes();
  const reportFolders = given.reportFolders ?? [];
  const logger = pino({ level: "silent" });
  const identity = given.accounts === undefined ? null : openIdentity(given.accounts, { database, logger, changes, accessChanges: heard });
  const resources = {
    database: given.wrapDatabase?.(database) ?? database,
    objectStore,
    queue,
    feed,
    studyVotes,
    presenceChanges,
    sweepChanges,
    roomChanges,
    workspaceChanges,
    notificationChanges,
    channelProblems: { email: null, webhook: null },
    reportFolders,
    quotas: given.quotas ?? defaultQuotas,
    costLimit: given.costLimit ?? null,
    ...(given.turns === undefined ? {} : { turns: given.turns }),
    operations: new PersistedOperations(
      (given.operations ?? []).map((text) => [createHash("sha256").update(text).digest("hex"), text]),
      { acceptsAny: given.operations === undefined },
    ),
    ...(given.uploadLimits === undefined ? {} : { uploadLimits: given.uploadLimits }),
    schema: await readSchema(),
    logger,
    host: "127.0.0.1",
    allowedOrigins: given.accounts === undefined ? [] : [given.accounts.publicUrl.origin],
    hosts: { names: ["pareidolia.example"] },
    authenticate: identity?.authenticate ?? given.authenticate ?? authenticateLocalOwner,
    accounts: identity?.accounts ?? null,
    accessChanges: heard,
    changes,
    publicUrl: given.accounts?.publicUrl ?? null,
    secret,
  };
  const running = await startServer({ ...resources, port: 0 });
  const url = `http://127.0.0.1:${running.port}`;
  const post = async (body: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const { status, text } = await postJson(`${url}/graphql`, body, { headers });
    const { extensions, ...rest } = JSON.parse(text);
    return { status, text, body: rest, extensions };
  };
  return {
    url,
    databaseUrl,
    ownerUrl,
    isRestored,
    database,
    objectStore,
    post,
    query: (query, variables = {}, actor) => post(JSON.stringify({ query, variables }), actor === undefined ? {} : credentialsOf(actor)),
    async hearChanges() {
      const marker = randomUUID();
      // Postgres delivers notifications in the order of their commits.
      const heardMarker = new Promise<void>((resolve) => {
        const leave = accessChanges.subscribe((changed) => {
          if (changed !== "all" && !("userId" in changed && changed.userId === marker)) return;
          leave();
          resolve();
        });
      });
      await database.connection.$executeRaw`SELECT pg_notify('pareidolia_access', ${`user ${marker}`})`;
      await heardMarker;
    },
    async close() {
      await running.close();
      await identity?.close();
      await accessChanges.close();
      await studyVotes.close();
      await presenceChanges.close();
      await sweepChanges.close();
      await roomChanges.close();
      await workspaceChanges.close();
      await notificationChanges.close();
      await feed.close();
      await queue.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
      await drop();
    },
  };
}
