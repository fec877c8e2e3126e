/** One user's GraphQL client: a normalised cache, queries over HTTP, subscriptions over a WebSocket. */
import { type Cache, cacheExchange } from "@urql/exchange-graphcache";
import { type Client, createClient, fetchExchange, mapExchange, subscriptionExchange } from "urql";
import { addressIn } from "../../features/addresses/pageAddress.ts";
import { findRefusedAccess } from "../../features/session/refusedAccess.ts";
import { waitForReplacements } from "../../features/session/sessionReplacement.ts";
import { embeddedTypes, possibleTypes } from "../generated/cacheSchema.ts";
import { connectionOf } from "./connection.ts";
import { failedQueriesOf } from "./failedQueries.ts";
import { fetchWithTimeout } from "./fetchWithTimeout.ts";
import { leavingUpdates, optimisticLeaving } from "./leavingRows.ts";
import { createNewestRuns } from "./newestRuns.ts";
import { optimisticChoices, storeChoices } from "./notificationChoices.ts";
import { markAllInCache } from "./notificationMarks.ts";
import { persistedExchange } from "./persistedExchange.ts";
import { createResumingSubscription } from "./resumingSubscription.ts";
import { viewUpdates } from "./savedViews.ts";
import { sessionEndOf } from "./sessionEnd.ts";

/** Lists and counts that mutations change. They are dropped from the cache and reloaded when next shown. */
const listFields = new Set(["chains", "experiments", "models", "photos", "quotas", "runs", "sweeps", "uploads", "viewer"]);
/** Lists of the settings pages. A change to one shows in the others' counts. */
const settingsFields = new Set(["apiKeys", "invitations", "members"]);
const tagFields = new Set(["tags"]);
/** What shows the tags of runs and experiments. */
const tagUseFields = new Set(["experiments", "node", "runs", "tags"]);
const runFields = new Set(["experiments", "runs"]);
const studyFields = new Set(["studies"]);
const uploadFields = new Set(["quotas", "uploads"]);
const photoFields = new Set(["photos", ...uploadFields]);
/** Pages of objects, of which a change may concern several. */
const nodeFields = new Set(["node"]);
/** Lists from which a deletion may remove rows. */
const resultFields = new Set([
  ...listFields,
  "analyses",
  "elites",
  "images",
  "node",
  "perturbations",
  "scores",
  "trajectories",
  "transferMatrix",
  "trash",
]);

export interface GraphqlClientOptions {
  /** The slug of the workspace that the client reads; null for what concerns the user or all visitors. */
  readonly workspace?: string | null;
  /** The secret part of the link of an unlisted experiment, which the client then reads. */
  readonly shareToken?: string;
}

export function createGraphqlClient({ workspace = null, shareToken }: GraphqlClientOptions = {}): Client {
  const newestRuns = createNewestRuns();
  const invalidateLists = (cache: Cache, fields: ReadonlySet<string> = listFields) => {
    for (const field of cache.inspectFields("Query"))
      if (fields.has(field.fieldName)) cache.invalidate("Query", field.fieldName, field.arguments);
  };
  const client: Client = createClient({
    url: addressIn(workspace, "/graphql"),
    fetch: async (input, init) => {
      await waitForReplacements();
      return fetchWithTimeout(input, init);
    },
    preferGetMethod: false,
    ...(shareToken === undefined ? {} : { fetchOptions: { headers: { "x-share-token": shareToken } } }),
    exchanges: [
      cacheExchange({
        keys: Object.fromEntries(embeddedTypes.map((name) => [name, () => null])),
        possibleTypes,
        optimistic: { ...optimisticChoices, ...optimisticLeaving },
        updates: {
          Mutation: {
            markAllNotificationsRead: markAllInCache,
            chooseNotifications: storeChoices,
            createExperiment: (_result, _args, cache) => invalidateLists(cache),
            archiveExperiment: (_result, _args, cache) => invalidateLists(cache),
            tagRuns: (_result, _args, cache) => invalidateLists(cache, tagFields),
            renameTag: (_result, _args, cache) => invalidateLists(cache, tagUseFields),
            deleteTag: (_result, _args, cache) => invalidateLists(cache, tagUseFields),
            tagExperiments: (_result, _args, cache) => invalidateLists(cache, tagFields),
            pin: (_result, _args, cache) => invalidateLists(cache, runFields),
            unpin: (_result, _args, cache) => invalidateLists(cache, runFields),
            ...leavingUpdates(invalidateLists),
            ...viewUpdates,
            moveRuns: (_result, _args, cache) => invalidateLists(cache, runFields),
            rerunRuns: (_result, _args, cache) => invalidateLists(cache, runFields),
            renameWorkspace: (_result, _args, cache) => invalidateLists(cache, new Set(["viewer"])),
            restoreWorkspace: (_result, _args, cache) => invalidateLists(cache, new Set(["viewer"])),
            changeMemberRole: (_result, _args, cache) => invalidateLists(cache, new Set(["members"])),
            suspendMember: (_result, _args, cache) => invalidateLists(cache, settingsFields),
            restoreMember: (_result, _args, cache) => invalidateLists(cache, settingsFields),
            removeMember: (_result, _args, cache) => invalidateLists(cache, settingsFields),
            undoRemoveMember: (_result, _args, cache) => invalidateLists(cache, settingsFields),
            inviteMember: (_result, _args, cache) => invalidateLists(cache, settingsFields),
            revokeInvitation: (_result, _args, cache) => invalidateLists(cache, settingsFields),
            createApiKey: (_result, _args, cache) => invalidateLists(cache, settingsFields),
            revokeApiKey: (_result, _args, cache) => invalidateLists(cache, settingsFields),
            createStudy: (_result, _args, cache) => invalidateLists(cache, studyFields),
            openStudy: (_result, _args, cache) => invalidateLists(cache, studyFields),
            changeStudyState: (_result, _args, cache) => invalidateLists(cache, studyFields),
            forkStudy: (_result, _args, cache) => invalidateLists(cache, studyFields),
            deleteStudy: (_result, _args, cache) => invalidateLists(cache, studyFields),
            startEvolution: (_result, _args, cache) => invalidateLists(cache),
            startAscent: (_result, _args, cache) => invalidateLists(cache),
            startPerturbation: (_result, _args, cache) => invalidateLists(cache),
            startChain: (_result, _args, cache) => invalidateLists(cache),
            startSweep: (_result, _args, cache) => invalidateLists(cache),
            registerModel: (_result, _args, cache) => invalidateLists(cache),
            storePhotos: (_result, _args, cache) => invalidateLists(cache, photoFields),
            startExport: (_result, _args, cache) => invalidateLists(cache, new Set(["exports"])),
            startBulkQuery: (_result, _args, cache) => invalidateLists(cache, new Set(["bulkQueries"])),
            requestUpload: (_result, _args, cache) => invalidateLists(cache, uploadFields),
            requestUploads: (_result, _args, cache) => invalidateLists(cache, uploadFields),
            finishUpload: (_result, _args, cache) => invalidateLists(cache, uploadFields),
            trashRuns: (_result, _args, cache) => invalidateLists(cache, resultFields),
            trashExperiments: (_result, _args, cache) => invalidateLists(cache, resultFields),
            restoreRuns: (_result, _args, cache) => invalidateLists(cache, resultFields),
            restoreExperiments: (_result, _args, cache) => invalidateLists(cache, resultFields),
            deleteFromTrash: (_result, _args, cache) => invalidateLists(cache, resultFields),
            emptyTrash: (_result, _args, cache) => invalidateLists(cache, resultFields),
            lockRuns: (_result, _args, cache) => invalidateLists(cache, nodeFields),
            unlockRuns: (_result, _args, cache) => invalidateLists(cache, nodeFields),
            deleteModel: (_result, _args, cache) => invalidateLists(cache, resultFields),
            deletePhoto: (_result, _args, cache) => invalidateLists(cache, resultFields),
            deleteUpload: (_result, _args, cache) => invalidateLists(cache, uploadFields),
          },
        },
      }),
      // Drops a query's data if any part failed: an unreadable `node` is null, like a missing one, and would replace the page's last data.
      // Keeps the data of mutations and events, which have happened even if part of them could not be read.
      mapExchange({
        onResult(result) {
          failedQueriesOf(client).note(result);
          if (findRefusedAccess(result.error?.graphQLErrors) !== undefined) sessionEndOf(client).note();
          return { ...result, data: result.error && result.operation.kind === "query" ? undefined : newestRuns(result.data) };
        },
      }),
      persistedExchange(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request, operation) => createResumingSubscription(connectionOf(client))(request, operation),
      }),
    ],
  });
  return client;
}
