/** Calls the statements about users' sessions, API keys, links, received invitations, idempotency keys and heads of audit logs. */
import * as apiKeys from "@pareidolia/persistence/access/accounts/apiKeys";
import { takeEmailVerification } from "@pareidolia/persistence/access/accounts/emailVerification";
import { takeOwnerLink } from "@pareidolia/persistence/access/accounts/ownerLink";
import * as sessions from "@pareidolia/persistence/access/accounts/sessions";
import { listLatestEntries } from "@pareidolia/persistence/access/audit/latestEntries";
import type { PageRequest } from "@pareidolia/persistence/server/database/keyset";
import * as firstAnswers from "@pareidolia/persistence/server/firstAnswers/firstAnswers";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import * as invitations from "@pareidolia/persistence/workspace/members/invitations";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const page: PageRequest = { limit: 10, backward: false, after: ["x", "y"], before: ["x", "y"] };

const calls: readonly StatementCase["call"][] = [
  listLatestEntries,
  (connection) => apiKeys.findKeyHolder(connection, "hash"),
  (connection) => apiKeys.revokeKeysOf(connection, "user"),
  (connection) => apiKeys.listApiKeys(connection, { scope, userId: "user", valid: false }, page),
  (connection) => apiKeys.countApiKeys({ connection, most: 10 }, { scope, userId: "user", valid: true }),
  (connection) => apiKeys.findApiKeys(connection, ["a"]),
  (connection) => apiKeys.noteKeyUses(connection, new Map([["key", new Date()]])),
  (connection) => takeEmailVerification(connection, { userId: "user", token: "token" }),
  (connection) => takeOwnerLink(connection, "token"),
  (connection) => sessions.listSessions(connection, "user", page),
  (connection) => sessions.countSessions({ connection, most: 10 }, "user"),
  (connection) => sessions.findSessions(connection, ["a"]),
  (connection) => invitations.pageInvitationsTo(connection, "user", page),
  (connection) => invitations.countInvitationsTo({ connection, most: 10 }, "user"),
  (connection) => firstAnswers.claimFirstAnswer(connection, { id: "id", inputHash: "hash", claim: "claim" }),
  (connection) => firstAnswers.keepInput(connection, { id: "kept", inputHash: "hash", claim: "claim" }),
  (connection) => firstAnswers.findFirstAnswer(connection, "id"),
  (connection) => firstAnswers.keepFirstAnswer(connection, { id: "id", claim: "claim" }, new Uint8Array(1)),
  (connection) => firstAnswers.releaseFirstAnswer(connection, { id: "id", claim: "claim" }),
];

export const accountStatements: readonly StatementCase[] = calls.map((call) => ({ call }));
