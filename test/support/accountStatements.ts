/** Calls the statements about users' sessions, API keys and received invitations. */
import * as apiKeys from "@pareidolia/persistence/accounts/apiKeys";
import * as sessions from "@pareidolia/persistence/accounts/sessions";
import type { PageRequest } from "@pareidolia/persistence/database/keyset";
import * as invitations from "@pareidolia/persistence/members/invitations";
import { openScope } from "@pareidolia/persistence/scope/openScope";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const page: PageRequest = { limit: 10, backward: false, after: ["x", "y"], before: ["x", "y"] };

const calls: readonly StatementCase["call"][] = [
  (connection) => apiKeys.findKeyHolder(connection, "hash"),
  (connection) => apiKeys.listApiKeys(connection, { scope, userId: "user", valid: false }, page),
  (connection) => apiKeys.countApiKeys({ connection, most: 10 }, { scope, userId: "user", valid: true }),
  (connection) => apiKeys.findApiKeys(connection, ["a"]),
  (connection) => apiKeys.noteKeyUses(connection, new Map([["key", new Date()]])),
  (connection) => sessions.listSessions(connection, "user", page),
  (connection) => sessions.countSessions({ connection, most: 10 }, "user"),
  (connection) => sessions.findSessions(connection, ["a"]),
  (connection) => invitations.pageInvitationsTo(connection, "user", page),
  (connection) => invitations.countInvitationsTo({ connection, most: 10 }, "user"),
];

export const accountStatements: readonly StatementCase[] = calls.map((call) => ({ call }));
