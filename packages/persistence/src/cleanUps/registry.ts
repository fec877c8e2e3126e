/**
 * Every clean-up of tables and objects, in order. Objects come first, so an object outlives its row until the next clean-up: a process that has
 * just read the row still finds the object.
 */

import { bulkQueries } from "./bulkQueries.ts";
import type { CleanUp } from "./cleanUp.ts";
import { codes } from "./codes.ts";
import { comments } from "./comments.ts";
import { costBuckets } from "./costBuckets.ts";
import { deviceLogins } from "./deviceLogins.ts";
import { emails } from "./emails.ts";
import { emailVerifications } from "./emailVerifications.ts";
import { exports } from "./exports.ts";
import { firstAnswers } from "./firstAnswers.ts";
import { images } from "./images.ts";
import { imports } from "./imports.ts";
import { invitations } from "./invitations.ts";
import { leftovers } from "./leftovers.ts";
import { notifications } from "./notifications.ts";
import { objects } from "./objects.ts";
import { ownerLinks } from "./ownerLinks.ts";
import { postedFiles } from "./postedFiles.ts";
import { presences } from "./presences.ts";
import { rateLimits } from "./rateLimits.ts";
import { retention } from "./retention.ts";
import { runEvents } from "./runEvents.ts";
import { savedComparisons } from "./savedComparisons.ts";
import { sessions } from "./sessions.ts";
import { trash } from "./trash.ts";
import { uploads } from "./uploads.ts";
import { views } from "./views.ts";
import { voterNetworks } from "./voterNetworks.ts";
import { webhookDeliveries } from "./webhookDeliveries.ts";
import { workers } from "./workers.ts";
import { workspaceChanges } from "./workspaceChanges.ts";
import { workspaces } from "./workspaces.ts";

export const cleanUps: readonly CleanUp[] = [
  objects,
  leftovers,
  uploads,
  postedFiles,
  imports,
  images,
  runEvents,
  workspaceChanges,
  workers,
  sessions,
  codes,
  emailVerifications,
  ownerLinks,
  deviceLogins,
  invitations,
  costBuckets,
  firstAnswers,
  presences,
  rateLimits,
  voterNetworks,
  emails,
  comments,
  views,
  savedComparisons,
  exports,
  bulkQueries,
  notifications,
  webhookDeliveries,
  workspaces,
  retention,
  trash,
];
