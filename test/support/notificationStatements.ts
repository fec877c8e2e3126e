/** Calls of the statements about notifications. */
import type { PageRequest } from "@pareidolia/persistence/server/database/keyset";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { markAllRead, markNotifications } from "@pareidolia/persistence/workspace/notifications/markNotifications";
import { readChoices } from "@pareidolia/persistence/workspace/notifications/notificationChoices";
import * as readNotifications from "@pareidolia/persistence/workspace/notifications/readNotifications";
import { stopEmails } from "@pareidolia/persistence/workspace/notifications/unsubscribeToken";
import { findDueRecipients, takePending } from "@pareidolia/persistence/workspace/notifications/writeDigests";
import { claimDeliveries, disableFailing } from "@pareidolia/persistence/workspace/webhooks/deliveryWork";
import * as readWebhooks from "@pareidolia/persistence/workspace/webhooks/readWebhooks";
import { findPendingQueries } from "@pareidolia/persistence/workspace/webhooks/webhookQueries";
import { changeWebhook, lockWebhooks, rotateSecret } from "@pareidolia/persistence/workspace/webhooks/writeWebhooks";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const recipient = { scope, userId: "user" };
const page: PageRequest = { limit: 10, backward: false, after: ["x", "y"], before: ["x", "y"] };

const calls: readonly StatementCase["call"][] = [
  ...[true, false, null].map(
    (unread): StatementCase["call"] =>
      (connection) =>
        readNotifications.listNotifications(connection, { ...recipient, unread }, page),
  ),
  (connection) => readNotifications.countNotifications({ connection, most: 10 }, { ...recipient, unread: true }),
  (connection) => readNotifications.findNotifications(connection, ["a"]),
  (connection) => markNotifications(connection, recipient, { ids: ["a"], read: true }),
  (connection) => markAllRead(connection, recipient, new Date()),
  (connection) => readChoices(connection, scope, "user"),
  (connection) => readWebhooks.listWebhooks(connection, { ...recipient, ofWorkspace: true }),
  (connection) => readWebhooks.findWebhooks(connection, ["a"]),
  (connection) => readWebhooks.listDeliveries(connection, "webhook", page),
  (connection) => readWebhooks.countDeliveries({ connection, most: 10 }, "webhook"),
  (connection) => readWebhooks.findDeliveries(connection, ["a"]),
  (connection) =>
    changeWebhook(connection, "webhook", { name: "a", url: "b", kinds: ["RUN_FAILED"], query: null, queryById: null, paused: true }),
  (connection) => lockWebhooks(connection, "workspace"),
  (connection) => rotateSecret(connection, "webhook", "sealed"),
  (connection) =>
    claimDeliveries(connection, { all: 20, perWorkspace: 8, perWebhook: 2 }, [{ webhookId: "webhook", workspaceId: "workspace" }]),
  (connection) => findPendingQueries(connection, 10),
  (connection) => disableFailing(connection, { webhookId: "webhook", failure: "a", isGone: true }),
  (connection) => findDueRecipients(connection),
  (connection) => stopEmails(connection, "membership", ["RUN_SUCCEEDED"]),
];

export const notificationStatements: readonly StatementCase[] = [
  ...calls.map((call) => ({ call })),
  { rows: [{ id: "a" }], call: (connection) => takePending(connection, { workspaceId: "workspace", userId: "user" }) },
];
