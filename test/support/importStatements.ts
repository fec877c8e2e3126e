/** Calls of the functions of persistence that send raw SQL about imports. */

import { claimImport, reportImport, requeueImports } from "@pareidolia/persistence/files/imports/importWork";
import { countImportedImages, listImportedImages } from "@pareidolia/persistence/files/imports/readImportedImages";
import { countImports, findImportedRows, findImports, listImports } from "@pareidolia/persistence/files/imports/readImports";
import { cancelImport } from "@pareidolia/persistence/files/imports/writeImports";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { PageRequest } from "@pareidolia/persistence/server/database/keyset";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { countReceivedPart, deleteUploadParts, writeUploadPart } from "@pareidolia/persistence/server/uploads/uploadParts";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const first: PageRequest = { limit: 10, backward: false, after: null, before: null };
const pages: readonly PageRequest[] = [first, { ...first, after: ["2026-01-01T00:00:00.000Z", "a"] }];
const run = { scope, runId: "run" };
const part = { uploadId: "upload", index: 0, sha256: "0".repeat(64), fileId: "file" };

export const importStatements: readonly StatementCase[] = [
  { call: (connection) => countReceivedPart(connection, part, 8) },
  { rows: [{ id: "upload" }], call: (_, transaction) => writeUploadPart(transaction, part) },
  { call: (connection) => deleteUploadParts(connection, ["upload"]) },
  { call: (connection) => findImports(connection, ["a", "b"]) },
  ...pages.map((page) => ({ call: (connection: Connection) => listImports(connection, { scope, page }) })),
  { call: (connection) => countImports({ connection, most: null }, scope) },
  { call: (connection) => findImportedRows(connection, ["a", "b"]) },
  { call: (connection) => listImportedImages(connection, { ...run, page: first }) },
  { call: (connection) => countImportedImages({ connection, most: null }, run) },
  { call: (connection) => claimImport(connection, "import") },
  { call: (connection) => reportImport(connection, { id: "import", claimToken: "token" }, { done: 1, total: 2 }) },
  { call: (_connection, transaction) => requeueImports(transaction) },
  { rows: [{ state: "READY" }], call: (_connection, transaction) => cancelImport(transaction, "import") },
];
