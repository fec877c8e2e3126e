/** Starts, cancels, deletes, lists and opens bulk queries. Each belongs to the member who started it. */
import { Readable } from "node:stream";
import { tableFormats } from "@pareidolia/archive/tables/writeTable";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { findBulkPerson } from "@pareidolia/persistence/files/bulkQueries/bulkQueryWork";
import {
  type BulkQueryRecord,
  countBulkQueries,
  findBulkParts,
  findBulkQueries,
  findBulkQueriesByNumber,
  listBulkQueries,
} from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import { cancelBulkQuery, createBulkQueryOnce, deleteBulkQuery } from "@pareidolia/persistence/files/bulkQueries/writeBulkQueries";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { type QuotaDefaults, requireStorage } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { GraphQLError, type GraphQLSchema } from "graphql";
import { readParts } from "../archives/readParts.ts";
import type { OpenedArchive } from "../archives/sendArchive.ts";
import { bulkQueryKey, type GlobalId, type NumberReference, parseReferenceTo } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { checkLine, readIdempotencyKey } from "../text.ts";
import { isSigned } from "./bulkAddress.ts";
import { columnsOf } from "./bulkColumns.ts";
import { readBulkPages } from "./bulkPages.ts";
import { planBulkQuery } from "./bulkPlan.ts";
import type { StartBulkQueryInput } from "./bulkQuery.input.ts";
import { mayRead, readableScopes } from "./mayRead.ts";
import { readDocument } from "./readDocument.ts";

const byCreation: CursorShape = { name: "bulkQueries.createdAt", values: ["time", "text"] };
const maxNameLength = 100;
/** Characters of JSON. */
const maxVariablesLength = 100_000;

export interface BulkQueryOptions {
  readonly database: Database;
  readonly objectStore: Pick<ObjectStore, "get">;
  readonly quotas: QuotaDefaults;
}

export class BulkQueryService {
  readonly #options: BulkQueryOptions;

  constructor(options: BulkQueryOptions) {
    this.#options = options;
  }

  get #connection() {
    return this.#options.database.connection;
  }

  /** In the order of `ids`; null for one that is unknown, expired or hidden from the actor. */
  async load(actor: Actor, ids: readonly string[]): Promise<(BulkQueryRecord | null)[]> {
    const rows = policy.only(actor, "bulkQuery:inspect", await findBulkQueries(this.#connection, ids));
    return rows.map((row) => (row !== null && mayRead(actor, row) ? row : null));
  }

  /** Like `load`, by the numbers in the keys. */
  async loadByNumber(actor: Actor, numbers: readonly number[]): Promise<(BulkQueryRecord | null)[]> {
    const found = await findBulkQueriesByNumber(this.#connection, policy.scope(actor, "bulkQuery:inspect"), numbers);
    return found.map((row) => (row !== null && mayRead(actor, row) ? row : null));
  }

  /** The actor's own, latest first. */
  async list(
    actor: Actor,
    {
      filter: wanted,
      ...args
    }: ConnectionArguments & { readonly filter?: { readonly state?: readonly BulkQueryRecord["state"][] | null } | null },
  ): Promise<Connection<BulkQueryRecord>> {
    policy.requireInWorkspace(actor, "bulkQuery:inspect");
    const scope = policy.scope(actor, "bulkQuery:inspect");
    const filter = { scope, userId: actor.userId, keyScopes: readableScopes(actor.key), states: wanted?.state ?? null };
    const { database } = this.#options;
    const page = await listBulkQueries(this.#connection, filter, readPage(args, byCreation));
    return toConnection(
      page,
      byCreation,
      counterOf(database, (request) => countBulkQueries(request, filter)),
    );
  }

  /** @throws AppError INVALID_INPUT with the place in the query; CONFLICT as `createBulkQueryOnce`; QUOTA_EXCEEDED; FORBIDDEN. */
  async start(actor: Actor, input: StartBulkQueryInput, schema: GraphQLSchema): Promise<BulkQueryRecord> {
    policy.requireInWorkspace(actor, "bulkQuery:start");
    const { database, quotas } = this.#options;
    const { workspaceId, userId } = actor;
    const variables = readVariables(input.variables);
    const plan = checkQuery(schema, input.query, variables);
    const { query, format } = input;
    const columns = format === "jsonl" ? [] : columnsOf(schema, plan);
    const name =
      input.name == null ? null : checkLine(input.name, { field: "input.name", label: "A name", longest: maxNameLength }) || null;
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    await requireStorage(this.#connection, { workspaceId, defaults: quotas });
    const key = { keyId: actor.key?.id ?? null, keyScopes: actor.key?.scopes ?? null };
    const id = await database.transaction(async (transaction) => {
      const asked = { workspaceId, createdById: userId, ...key, name, query, variables, format, columns, idempotencyKey };
      const made = await createBulkQueryOnce(transaction, asked);
      if (made.created)
        await appendAuditEntry(transaction.connection, actor, {
          action: "bulkQuery:start",
          ...entryOf(made),
          before: null,
          after: { query, variables, format },
        });
      return made.id;
    });
    return this.#get(actor, { type: "BulkQuery", id });
  }

  /** @throws AppError NOT_FOUND; CONFLICT for one that has ended. */
  async cancel(actor: Actor, reference: string): Promise<BulkQueryRecord> {
    policy.requireInWorkspace(actor, "bulkQuery:cancel");
    const found = await this.#get(actor, parseReferenceTo("BulkQuery", reference, "input.bulkQueryId"));
    await this.#options.database.transaction(async (transaction) => {
      await cancelBulkQuery(transaction, found.id);
      const values = { before: { state: found.state }, after: { state: "CANCELLED" } };
      await appendAuditEntry(transaction.connection, actor, { action: "bulkQuery:cancel", ...entryOf(found), ...values });
    });
    return this.#get(actor, { type: "BulkQuery", id: found.id });
  }

  /** Returns the row's ID. @throws AppError NOT_FOUND; CONFLICT for one that is under way. */
  async delete(actor: Actor, reference: string): Promise<string> {
    policy.requireInWorkspace(actor, "bulkQuery:delete");
    const found = await this.#get(actor, parseReferenceTo("BulkQuery", reference, "input.bulkQueryId"));
    await this.#options.database.transaction(async (transaction) => {
      await deleteBulkQuery(transaction, found.id);
      const values = { before: { state: found.state, sha256: found.sha256 }, after: null };
      await appendAuditEntry(transaction.connection, actor, { action: "bulkQuery:delete", ...entryOf(found), ...values });
    });
    return found.id;
  }

  /**
   * The file at a signed address. The signature is all that a request needs, as long as the member who started the bulk query may still read it.
   * @throws AppError FORBIDDEN for an address that is not ours or has expired; NOT_FOUND for a file that is gone.
   */
  async open(
    file: { readonly id: string; readonly format: string },
    signed: { readonly expires: number; readonly signature: string },
    clientAddress: string | undefined,
  ): Promise<OpenedArchive> {
    const [found] = await findBulkQueries(this.#connection, [file.id]);
    if (found == null || found.format !== file.format || !isSigned(found, signed)) throw notOurs();
    if (Date.now() >= signed.expires)
      throw new AppError("FORBIDDEN", "This address has expired. Read `file { url }` of the bulk query again for a new one.");
    const person = await findBulkPerson(this.#connection, found.id);
    const { sha256, byteLength, endedAt } = found;
    if (sha256 === null || byteLength === null || endedAt === null) throw notOurs();
    if (person === null || !policy.grants(person, "bulkQuery:inspect")) throw notOurs();
    const parts = await findBulkParts(this.#connection, found.id);
    return {
      sha256,
      byteLength,
      endedAt,
      contentType: tableFormats[found.format].contentType,
      fileName: `${bulkQueryKey(found.number)}.${found.format}`,
      read: (range) => Readable.from(readParts(this.#options.objectStore, parts, range), { objectMode: false }),
      noteDownload: () =>
        this.#options.database.transaction((transaction) =>
          appendAuditEntry(
            transaction.connection,
            { ...person, clientAddress },
            { action: "bulkQuery:download", ...entryOf(found), before: null, after: { sha256 } },
          ),
        ),
    };
  }

  async #get(actor: Actor, reference: GlobalId | NumberReference): Promise<BulkQueryRecord> {
    const [found] = "number" in reference ? await this.loadByNumber(actor, [reference.number]) : await this.load(actor, [reference.id]);
    if (found == null) throw new AppError("NOT_FOUND", "There is no such bulk query.", { field: "input.bulkQueryId" });
    return found;
  }
}

function notOurs(): AppError {
  return new AppError("FORBIDDEN", "This address is not valid, or the file was deleted. Read `file { url }` again.");
}

function entryOf({ id, number }: { readonly id: string; readonly number: number }) {
  return { subjectType: "BulkQuery", subjectId: id, subjectName: bulkQueryKey(number) };
}

function readVariables(given: unknown): Readonly<Record<string, unknown>> {
  const field = "input.variables";
  if (given == null) return {};
  if (typeof given !== "object" || Array.isArray(given))
    throw new AppError("INVALID_INPUT", 'Give the variables as an object, such as { "run": "RUN-142" }.', { field });
  const text = JSON.stringify(given);
  if (/\\u(0000|d[89a-f])/i.test(text))
    throw new AppError("INVALID_INPUT", "The variables contain a character that cannot be stored.", { field });
  if (text.length > maxVariablesLength)
    throw new AppError("INVALID_INPUT", `The variables have more than ${maxVariablesLength.toLocaleString("en")} characters.`, { field });
  return given as Readonly<Record<string, unknown>>;
}

/** @throws AppError INVALID_INPUT. */
function checkQuery(schema: GraphQLSchema, text: string, variables: Readonly<Record<string, unknown>>) {
  const plan = planBulkQuery(schema, readDocument(schema, text, variables));
  try {
    readBulkPages({ schema, plan, answer: async () => ({}) }).check();
  } catch (error) {
    if (error instanceof GraphQLError) throw new AppError("INVALID_INPUT", error.message, { field: "input.query", cause: error });
    throw error;
  }
  return plan;
}
