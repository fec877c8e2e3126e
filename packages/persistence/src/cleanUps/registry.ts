/**
 * Every clean-up of tables and objects, in order. Objects come first, so an object outlives its row until the next clean-up: a process that has
 * just read the row still finds the object.
 */

import { codes } from "../access/cleanUps/codes.ts";
import { deviceLogins } from "../access/cleanUps/deviceLogins.ts";
import { emailVerifications } from "../access/cleanUps/emailVerifications.ts";
import { ownerLinks } from "../access/cleanUps/ownerLinks.ts";
import { sessions } from "../access/cleanUps/sessions.ts";
import { bulkQueries } from "../files/cleanUps/bulkQueries.ts";
import { exports } from "../files/cleanUps/exports.ts";
import { imports } from "../files/cleanUps/imports.ts";
import { comments } from "../lab/cleanUps/comments.ts";
import { images } from "../lab/cleanUps/images.ts";
import { retention } from "../lab/cleanUps/retention.ts";
import { runEvents } from "../lab/cleanUps/runEvents.ts";
import { savedComparisons } from "../lab/cleanUps/savedComparisons.ts";
import { trash } from "../lab/cleanUps/trash.ts";
import { views } from "../lab/cleanUps/views.ts";
import { workers } from "../lab/cleanUps/workers.ts";
import { workspaces } from "../lab/cleanUps/workspaces.ts";
import type { CleanUp } from "../server/cleanUps/cleanUp.ts";
import { costBuckets } from "../server/cleanUps/costBuckets.ts";
import { firstAnswers } from "../server/cleanUps/firstAnswers.ts";
import { leftovers } from "../server/cleanUps/leftovers.ts";
import { objects } from "../server/cleanUps/objects.ts";
import { postedFiles } from "../server/cleanUps/postedFiles.ts";
import { rateLimits } from "../server/cleanUps/rateLimits.ts";
import { uploads } from "../server/cleanUps/uploads.ts";
import { voterNetworks } from "../studies/cleanUps/voterNetworks.ts";
import { emails } from "../workspace/cleanUps/emails.ts";
import { invitations } from "../workspace/cleanUps/invitations.ts";
import { notifications } from "../workspace/cleanUps/notifications.ts";
import { presences } from "../workspace/cleanUps/presences.ts";
import { webhookDeliveries } from "../workspace/cleanUps/webhookDeliveries.ts";
import { workspaceChanges } from "../workspace/cleanUps/workspaceChanges.ts";

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
