/** Calls of the functions of persistence that send raw SQL about bulk queries. */
import * as work from "@pareidolia/persistence/files/bulkQueries/bulkQueryWork";
import {
  countBulkQueries,
  findBulkQueries,
  findBulkQueriesByNumber,
  listBulkQueries,
} from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import { cancelBulkQuery } from "@pareidolia/persistence/files/bulkQueries/writeBulkQueries";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { StatementCase } from "./statementCase.ts";

const filter = { scope: openScope("workspace"), userId: "user", keyScopes: ["READ"], states: ["RUNNING"] } as const;
const page = { limit: 2, backward: false, after: ["2026-01-01T00:00:00.000Z", "a"], before: null } as const;
const claim = { id: "bulk", claimToken: "token" };

export const bulkStatements: readonly StatementCase[] = [
  { call: (connection) => findBulkQueries(connection, ["a", "b"]) },
  { call: (connection) => listBulkQueries(connection, filter, page) },
  { call: (connection) => findBulkQueriesByNumber(connection, filter.scope, [1]) },
  { call: (connection) => countBulkQueries({ connection, most: 10 }, filter) },
  { call: (connection) => work.claimQuestion(connection) },
  { call: (connection) => work.claimFile(connection, "bulk") },
  { call: (connection) => work.findBulkPerson(connection, "bulk") },
  { call: (connection) => work.reportBulkQuery(connection, claim) },
  { call: (_connection, transaction) => work.storeRows(transaction, claim, { chunks: [], rows: 1, cursor: "after" }) },
  { call: (connection) => work.handBackBulkQuery(connection, claim) },
  { call: (connection) => work.postponeBulkQuery(connection, claim, 1_000) },
  { call: (_connection, transaction) => work.requeueBulkFiles(transaction) },
  { rows: [{ state: "QUEUED" }], call: (_connection, transaction) => cancelBulkQuery(transaction, "bulk") },
];
