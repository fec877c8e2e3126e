/** Every call of persistence about uploads that sends raw SQL. */
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { countUnclaimedUploads, listUnclaimedUploads } from "@pareidolia/persistence/server/uploads/readUploads";
import { finishUploads } from "@pareidolia/persistence/server/uploads/writeUploads";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const positions = ["x", "y", "z"];

const calls: readonly StatementCase["call"][] = [
  (connection) => listUnclaimedUploads(connection, { scope, page: { limit: 10, backward: false, after: positions, before: positions } }),
  (connection) => countUnclaimedUploads({ connection, most: 10 }, scope),
  (connection) => finishUploads(connection, [{ id: "upload", sha256: "0".repeat(64) }]),
];

export const uploadStatements: readonly StatementCase[] = calls.map((call) => ({ call }));
