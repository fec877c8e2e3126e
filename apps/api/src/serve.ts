/** Starts the queue, the feed of run events and the server. */
import { openQueue } from "@pareidolia/jobs/queue";
import { renumberRestoredLog } from "@pareidolia/persistence/lab/tracking/renumberRestoredLog";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { ResilientClient } from "@pareidolia/persistence/server/database/lostConnections";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { Logger } from "pino";
import { startHeadKeeper } from "./auditEntry/headKeeper.ts";
import { startBulkQueries } from "./bulkQuery/answerBulkQueries.ts";
import type { ApiConfig } from "./config.ts";
import { PersistedOperations } from "./http/persistedOperations.ts";
import { openAccessChanges } from "./identity/accessChanges.ts";
import { openIdentity } from "./identity/openIdentity.ts";
import { openRoomChanges } from "./normingRoom/openRoomChanges.ts";
import { findChannelProblems } from "./notification/channelProblems.ts";
import { openNotificationChanges } from "./notification/openNotificationChanges.ts";
import { openPresenceChanges } from "./presence/openPresenceChanges.ts";
import { Changes } from "./recall/changes.ts";
import { openRunEventFeed } from "./runEvent/runEventFeed.ts";
import { createSchema } from "./schema.ts";
import { startServer } from "./server.ts";
import { openStudyVotes } from "./studyTally/openStudyVotes.ts";
import { openSweepChanges } from "./sweep/openSweepChanges.ts";
import { startAnswering } from "./webhook/answerQueries.ts";
import { openWorkspaceChanges } from "./workspaceChange/openWorkspaceChanges.ts";

/** Built while this module loads, since it needs no connection. */
const schema = await createSchema();

export interface Opened {
  readonly config: ApiConfig;
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly logger: Logger;
}

/** Returns the close function of each part, in the order of opening. */
export async function serve({ config, database, objectStore, logger }: Opened): Promise<readonly (() => Promise<void>)[]> {
  const closers: (() => Promise<void>)[] = [];
  try {
    const queue = await openQueue({
      url: config.databaseUrl,
      onError: (error) => logger.warn({ err: error }, "The queue failed."),
      Client: ResilientClient,
    });
    closers.push(() => queue.close());
    closers.push(startHeadKeeper({ url: config.databaseUrl, database, objectStore, logger }));
    const feed = await openRunEventFeed({ database, url: config.databaseUrl });
    closers.push(() => feed.close());
    const studyVotes = await openStudyVotes(config.databaseUrl);
    closers.push(() => studyVotes.close());
    const presenceChanges = await openPresenceChanges(config.databaseUrl);
    closers.push(() => presenceChanges.close());
    const sweepChanges = await openSweepChanges(config.databaseUrl);
    closers.push(() => sweepChanges.close());
    const roomChanges = await openRoomChanges(config.databaseUrl);
    closers.push(() => roomChanges.close());
    if (await database.transaction(renumberRestoredLog))
      logger.info("The log of changes starts here: the database is new, or restored from a backup.");
    const workspaceChanges = await openWorkspaceChanges(config.databaseUrl);
    closers.push(() => workspaceChanges.close());
    const notificationChanges = await openNotificationChanges(config.databaseUrl);
    closers.push(() => notificationChanges.close());
    const accessChanges = await openAccessChanges(config.databaseUrl);
    closers.push(() => accessChanges.close());
    const changes = new Changes();
    const identity = openIdentity(config.accounts, { database, logger, changes, accessChanges });
    closers.push(() => identity.close());
    const allowedOrigins = config.accounts === null ? config.allowedOrigins : [...config.allowedOrigins, config.accounts.publicUrl.origin];
    const { authenticate, accounts } = identity;
    const publicUrl = config.accounts?.publicUrl ?? null;
    const operations = await PersistedOperations.read(config.persisted);
    if (config.accounts !== null && config.persisted.acceptsAny)
      logger.warn("Browsers may send any document, since PAREIDOLIA_ANY_DOCUMENT is on. Turn it off outside of development.");
    const server = await startServer({
      ...config,
      publicUrl,
      allowedOrigins,
      operations,
      authenticate,
      accounts,
      accessChanges,
      changes,
      schema,
      database,
      queue,
      objectStore,
      feed,
      studyVotes,
      presenceChanges,
      sweepChanges,
      roomChanges,
      workspaceChanges,
      notificationChanges,
      channelProblems: findChannelProblems(config),
      logger,
    });
    closers.push(() => server.close());
    const { services, costBuckets } = server;
    closers.push(startAnswering({ database, schema, services, costBuckets, logger }));
    closers.push(startBulkQueries({ database, objectStore, queue, schema, services, costBuckets, logger }));
    logger.info({ url: `http://${config.host}:${server.port}/graphql` }, "The API is ready.");
    return closers;
  } catch (error) {
    for (const close of closers.toReversed()) await close();
    throw error;
  }
}
