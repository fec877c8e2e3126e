/**
 * Verifies the audit log of every workspace in the database at DATABASE_URL and writes a row for each to standard output, as one JSON array.
 * With `--head`, it writes the logs' heads instead, and with `--noted NUMBER:HASH`, also whether a log has this entry. Runs in its own
 * process, since it imports the compiled packages.
 */
import { parseArgs } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { type KeptHead, readKeptHeads } from "@pareidolia/persistence/access/audit/auditHeads";
import { listLatestEntries } from "@pareidolia/persistence/access/audit/latestEntries";
import { hasAuditEntry } from "@pareidolia/persistence/access/audit/readAuditEntries";
import { type AuditLogState, verifyAuditLogs } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openObjectStore } from "@pareidolia/persistence/server/objectStores/openObjectStore";
import { runEntry } from "../runEntry.ts";
import type { AuditHeadLine } from "./heads.ts";
import type { AuditRow } from "./rows.ts";

type Heads = ReadonlyMap<string, KeptHead>;

function rowOf({ workspaceId, entries, last, broken }: AuditLogState, heads: Heads): AuditRow {
  const head = heads.get(workspaceId);
  const outside =
    head === undefined ? "no head is kept outside of the database yet" : `the head kept outside of the database is ${head.sequence}`;
  const found =
    broken === null
      ? `${entries} entries are intact; the latest is ${last.sequence}:${last.hash}; ${outside}`
      : `the first broken link is entry ${broken.sequence}: ${broken.reason}; the ${entries} entries before it are intact`;
  return {
    row: `audit log of ${workspaceId}, broken links`,
    figure: broken === null ? 0 : 1,
    bar: "0",
    holds: broken === null,
    detail: [found],
  };
}

async function rowOfNoted({ connection }: Database, noted: string): Promise<AuditRow> {
  const [sequence = "", hash = ""] = noted.split(":");
  const isFound = await hasAuditEntry(connection, { sequence: Number(sequence), hash });
  return {
    row: "noted heads that no audit log has",
    figure: isFound ? 0 : 1,
    bar: "0",
    holds: isFound,
    detail: [isFound ? `entry ${noted} is in its log` : `no log has the entry ${noted}: it was removed, or the text was mistyped`],
  };
}

/** Heads that were changed are a finding, and the logs are verified without them. */
async function readHeads({ connection }: Database): Promise<{ readonly heads: Heads; readonly rows: AuditRow[] }> {
  try {
    return { heads: await readKeptHeads(connection, await openObjectStore(process.env)), rows: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "CORRUPT_DATA") throw error;
    return {
      heads: new Map(),
      rows: [{ row: "heads of audit logs with a wrong signature", figure: 1, bar: "0", holds: false, detail: [error.message] }],
    };
  }
}

async function listHeads({ connection }: Database): Promise<AuditHeadLine[]> {
  const latest = await listLatestEntries(connection);
  return latest.map(({ workspaceId, sequence, at, hash }) => ({ workspaceId, sequence, at: at.toISOString(), hash }));
}

await runEntry(async () => {
  const { values } = parseArgs({ options: { head: { type: "boolean" }, noted: { type: "string" } } });
  const database = await openDatabase(process.env["DATABASE_URL"] ?? "", { secret: process.env["PAREIDOLIA_SECRET"] });
  try {
    if (values.head === true) {
      process.stdout.write(`${JSON.stringify(await listHeads(database))}\n`);
      return 0;
    }
    const { heads, rows } = await readHeads(database);
    for (const state of await verifyAuditLogs(database.connection, heads)) rows.push(rowOf(state, heads));
    if (values.noted !== undefined) rows.push(await rowOfNoted(database, values.noted));
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return 0;
  } finally {
    await database.close();
  }
});
