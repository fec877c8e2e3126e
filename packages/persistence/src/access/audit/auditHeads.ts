/**
 * The heads of the audit logs, which the object store keeps outside of the database: the latest entry of each log, all signed together under
 * the log's key. Someone who can write to the database cannot change them, so that removed entries are noticed, at the end of a log too.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { withAdvisoryLock } from "../../server/database/advisoryLock.ts";
import { auditKeyOf } from "../../server/database/auditKey.ts";
import type { Connection, Database } from "../../server/database/database.ts";
import type { ObjectStore } from "../../server/objectStores/objectStore.ts";
import { type LatestEntry, listLatestEntries } from "./latestEntries.ts";

export interface KeptHead extends Pick<LatestEntry, "workspaceId" | "sequence" | "hash"> {
  /** When the entry was written: ISO 8601, in UTC. */
  readonly at: string;
}

export type HeadStore = Pick<ObjectStore, "readAuditHeads" | "replaceAuditHeads" | "place">;

interface HeadsFile {
  readonly heads: readonly KeptHead[];
  readonly signature: string;
}

function sign(key: Buffer, heads: readonly KeptHead[]): string {
  return createHmac("sha256", key)
    .update(`pareidolia audit heads\n${JSON.stringify(heads)}`)
    .digest("hex");
}

function parseHeads(key: Buffer, text: string): readonly KeptHead[] | null {
  try {
    const { heads, signature } = JSON.parse(text) as HeadsFile;
    const expected = Buffer.from(sign(key, heads));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) ? heads : null;
  } catch {
    return null;
  }
}

/** By workspace; empty before the first is kept. @throws AppError CORRUPT_DATA if their signature is wrong; UNAVAILABLE without the store. */
async function readHeads(key: Buffer, store: HeadStore): Promise<ReadonlyMap<string, KeptHead>> {
  const text = await store.readAuditHeads();
  const heads = text === null ? [] : parseHeads(key, text);
  if (heads === null)
    throw new AppError(
      "CORRUPT_DATA",
      `The file audit-heads in ${store.place} was changed, or PAREIDOLIA_SECRET was. Restore the file or the secret from a backup. Only if you changed the secret yourself, delete the file: the heads are then kept from now on.`,
    );
  return new Map(heads.map((head) => [head.workspaceId, head]));
}

/** Empty for a process without the key, which cannot read them. @throws AppError as `readHeads`. */
export async function readKeptHeads(connection: Connection, store: HeadStore): Promise<ReadonlyMap<string, KeptHead>> {
  const key = auditKeyOf(connection);
  return key === null ? new Map() : readHeads(key, store);
}

export interface HeadFault {
  /** The first entry at fault. */
  readonly sequence: number;
  readonly reason: string;
}

/** Compares a log of `entries` entries with its head, which was read before them. Null if the log contains it. */
export async function findHeadFault(connection: Connection, head: KeptHead, entries: number): Promise<HeadFault | null> {
  const { workspaceId, sequence, hash, at } = head;
  const kept = `the head kept outside of the database is entry ${sequence}, of ${at}`;
  if (entries < sequence) {
    const missing = entries + 1 === sequence ? `entry ${sequence} is missing` : `entries ${entries + 1} to ${sequence} are missing`;
    return { sequence: entries + 1, reason: `${missing}: ${kept}` };
  }
  const entry = await connection.auditEntry.findUnique({
    where: { workspaceId_sequence: { workspaceId, sequence } },
    select: { hash: true },
  });
  if (entry?.hash === hash) return null;
  return { sequence, reason: `it is another entry than before, since entries were removed and new ones took their numbers: ${kept}` };
}

export interface HeadKeeping {
  /** The heads that are kept now. */
  readonly kept: ReadonlyMap<string, KeptHead>;
  /** Logs that do not contain their kept head, which therefore stays: their verification says why. */
  readonly faulty: readonly string[];
}

/**
 * Keeps the heads of all logs that have grown. A head is never replaced by one of a log that does not contain it. Null while another process
 * does the same. @throws AppError as `readHeads`.
 */
export async function keepHeads({ connection }: Database, url: string, store: HeadStore): Promise<HeadKeeping | null> {
  const key = auditKeyOf(connection);
  if (key === null) return { kept: new Map(), faulty: [] };
  return withAdvisoryLock(url, "audit heads", async () => {
    const kept = new Map(await readHeads(key, store));
    const faulty: string[] = [];
    const latest = await listLatestEntries(connection);
    let grown = 0;
    for (const { workspaceId, sequence, at, hash } of latest) {
      const head = kept.get(workspaceId);
      if (head?.hash === hash && head.sequence === sequence) continue;
      if (head !== undefined && (await findHeadFault(connection, head, sequence)) !== null) faulty.push(workspaceId);
      else {
        kept.set(workspaceId, { workspaceId, sequence, at: at.toISOString(), hash });
        grown += 1;
      }
    }
    const present = new Set(latest.map(({ workspaceId }) => workspaceId));
    faulty.push(...[...kept.keys()].filter((workspaceId) => !present.has(workspaceId)));
    const heads = [...kept.values()];
    if (grown > 0) await store.replaceAuditHeads(JSON.stringify({ heads, signature: sign(key, heads) } satisfies HeadsFile));
    return { kept, faulty };
  });
}
