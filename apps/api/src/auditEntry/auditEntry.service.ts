/** Reads, exports and verifies the audit log of a workspace, for its owners. */
import type { Actor } from "@pareidolia/core/actor";
import { type AuditActor, appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { type HeadStore, readKeptHeads } from "@pareidolia/persistence/access/audit/auditHeads";
import { findLatestEntry } from "@pareidolia/persistence/access/audit/latestEntries";
import {
  type AuditEntryRecord,
  type AuditFilter,
  countAuditEntries,
  findAuditEntries,
  listAuditEntries,
} from "@pareidolia/persistence/access/audit/readAuditEntries";
import { verifyAuditLog } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Position } from "@pareidolia/persistence/server/database/keyset";
import { parseIdOf, parseReference, unknownReference } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import { type CursorShape, decodeCursor, encodeCursor } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { readNames, readSearch } from "../text.ts";
import type { AuditFilterInput } from "./auditEntry.input.ts";
import type { AuditHeadType, AuditVerificationType } from "./auditEntry.type.ts";
import type { auditFormats } from "./auditFormats.ts";

const bySequence: CursorShape = { name: "auditEntries.sequence", values: ["integer"] };
const byVerified: CursorShape = { name: "auditEntries.verified", values: ["integer", "text", "integer"] };
const entriesPerVerification = 5_000;
const entriesPerRead = 500;

type GivenFilter = { readonly [Name in keyof AuditFilterInput]: AuditFilterInput[Name] | undefined };

interface Export {
  readonly format: keyof typeof auditFormats;
  /** Null for all entries. */
  readonly filter: GivenFilter | null;
}

export class AuditEntryService {
  readonly #database: Database;
  readonly #heads: HeadStore;

  constructor(database: Database, heads: HeadStore) {
    this.#database = database;
    this.#heads = heads;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(AuditEntryRecord | null)[]> {
    return policy.only(actor, "auditEntry:read", await findAuditEntries(this.#database.connection, ids));
  }

  async list(actor: Actor, args: ConnectionArguments, given: GivenFilter | null | undefined): Promise<Connection<AuditEntryRecord>> {
    const filter = this.#readFilter(actor, given);
    const page = await listAuditEntries(this.#database.connection, filter, readPage(args, bySequence));
    return toConnection(
      page,
      bySequence,
      counterOf(this.#database, (request) => countAuditEntries(request, filter)),
    );
  }

  /** Null for an empty log. */
  async head(actor: Actor): Promise<AuditHeadType | null> {
    return findLatestEntry(this.#database.connection, policy.scope(actor, "auditEntry:read").workspaceId);
  }

  /**
   * Verifies the next part of the log, and compares its end with the kept head. `after` is where the part before ended.
   * @throws AppError INVALID_INPUT; CORRUPT_DATA if the kept heads were changed; UNAVAILABLE without the object store.
   */
  async verify(actor: Actor, after: string | null | undefined): Promise<AuditVerificationType> {
    const { workspaceId } = policy.scope(actor, "auditEntry:read");
    const [sequence = 0, hash = "", isKeyed = 0] = after == null ? [] : decodeCursor(byVerified, after, "after");
    // Entries may follow meanwhile, and with them another head.
    const head = (await readKeptHeads(this.#database.connection, this.#heads)).get(workspaceId);
    const state = await verifyAuditLog(this.#database.heavy, workspaceId, {
      after: { sequence: Number(sequence), hash: String(hash), isKeyed: isKeyed === 1 },
      most: entriesPerVerification,
      head,
    });
    const { last } = state;
    return {
      entries: state.entries,
      next: state.isComplete ? null : encodeCursor(byVerified, [last.sequence, last.hash, last.isKeyed ? 1 : 0]),
      brokenSequence: state.broken?.sequence ?? null,
      brokenReason: state.broken?.reason ?? null,
      keptHead: head?.sequence ?? null,
    };
  }

  /**
   * Yields the matching entries in batches, latest first. Entries written after the export began are left out, including the one that
   * records the export, which is written before the first batch is sent.
   */
  async *export(actor: Actor, { format, filter: given }: Export): AsyncGenerator<readonly AuditEntryRecord[], void, undefined> {
    const filter = this.#readFilter(actor, given);
    let after: Position | null = null;
    for (;;) {
      const page = await listAuditEntries(this.#database.heavy, filter, { limit: entriesPerRead, backward: false, after, before: null });
      if (after === null) await this.#recordExport({ ...actor, workspaceId: filter.scope.workspaceId }, { format, filter: given });
      yield page.rows.map(({ node }) => node);
      after = page.rows.at(-1)?.position ?? null;
      if (!page.hasNextPage) return;
    }
  }

  async #recordExport(actor: AuditActor, { format, filter }: Export): Promise<void> {
    const subject = { subjectType: "Workspace", subjectId: actor.workspaceId };
    await this.#database.transaction(({ connection }) =>
      appendAuditEntry(connection, actor, { action: "auditEntry:export", ...subject, before: null, after: { format, filter } }),
    );
  }

  #readFilter(actor: Actor, given: GivenFilter | null | undefined): AuditFilter {
    return {
      scope: policy.scope(actor, "auditEntry:read"),
      userId: given?.userId == null ? undefined : parseIdOf("User", given.userId, "filter.userId"),
      keyId: given?.keyId == null ? undefined : parseIdOf("ApiKey", given.keyId, "filter.keyId"),
      actions: readNames(given?.actions, "filter.actions"),
      exceptActions: readNames(given?.exceptActions, "filter.exceptActions"),
      subject: given?.subjectId == null ? undefined : readSubject(given.subjectId),
      from: given?.from ?? undefined,
      until: given?.until ?? undefined,
      search: readSearch(given?.search),
    };
  }
}

function readSubject(text: string): { readonly type: string; readonly id: string } {
  const field = "filter.subjectId";
  const reference = parseReference(text, field);
  if ("number" in reference) throw unknownReference(field);
  return reference;
}
