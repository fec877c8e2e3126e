/** Bulk queries: rows of the matrix's workspaces, and some that last only while a row of the matrix looks at them. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Services } from "@pareidolia/api/assembly/nounModule";
import { answerNextBulkQuery } from "@pareidolia/api/bulkQuery/answerBulkQueries";
import { addressOf } from "@pareidolia/api/bulkQuery/bulkAddress";
import { createSchema } from "@pareidolia/api/schema";
import { findBulkQueries } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import type { Connection, Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { GraphQLSchema } from "graphql";
import { pino } from "pino";
import type { Person } from "./people.ts";

interface WrittenBulkQuery {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly number: number;
  /** The API key that started it. */
  readonly keyId?: string | null;
}

/** One with a file, one that a process has, or one that waits. */
export async function writeBulkQuery(
  connection: Connection,
  { id, workspaceId, userId, number, keyId = "gone" }: WrittenBulkQuery,
  state: "QUEUED" | "RUNNING" | "SUCCEEDED",
): Promise<void> {
  // As a key with RUN started it, other keys with that scope see it, too.
  const key = keyId === null ? {} : { keyId, keyScopes: ["RUN"] };
  const asked = { query: "{ runs { nodes { key } } }", variables: {}, format: "jsonl", columns: [], downloadKey: "00".repeat(32) };
  const now = new Date();
  const tomorrow = new Date(now.getTime() + 86_400_000);
  const ended = { startedAt: now, answeredAt: now, endedAt: now, expiresAt: tomorrow, byteLength: 1n, rows: 1n };
  const columns = {
    QUEUED: {},
    RUNNING: { claimToken: "held", heartbeatAt: tomorrow },
    SUCCEEDED: { sha256: createHash("sha256").update(id).digest("hex"), ...ended },
  }[state];
  const row = { id, workspaceId, createdById: userId, number, name: `Bulk ${id}`, state, ...key, ...asked, ...columns };
  await connection.bulkQuery.create({ data: row });
}

interface Options {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly services: Services;
}

type State = Parameters<typeof writeBulkQuery>[2];

/** Higher than those of all others. */
let lastNumber = 10_000;

export class BulkQueries {
  readonly #options: Options;
  #schema: Promise<GraphQLSchema> | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** The answer of the address of a file that the person has made; null for a person without an account. */
  async openFile(person: Person, open: (address: string) => Promise<Response>): Promise<Response | null> {
    return this.#with(person, "SUCCEEDED", async (id) => {
      const [record] = await findBulkQueries(this.#options.database.connection, [id]);
      if (record == null) throw new Error(`There is no bulk query ${id}.`);
      return open(addressOf(record, Date.now()).url);
    });
  }

  /** Whether the API stores the rows of a bulk query that the person has started. */
  async isAnswered(person: Person): Promise<boolean> {
    const answered = await this.#with(person, "QUEUED", async (id) => {
      const { database, objectStore, services } = this.#options;
      this.#schema ??= createSchema();
      const context = { database, objectStore, services, schema: await this.#schema, costBuckets: null };
      for (;;) {
        await answerNextBulkQuery({ ...context, queue: { enqueue: async () => undefined }, logger: pino({ level: "silent" }) });
        // Another process of the API may have claimed it.
        const { state, answeredAt } = await database.connection.bulkQuery.findUniqueOrThrow({ where: { id } });
        if (answeredAt !== null || state === "FAILED") return answeredAt !== null;
        await sleep(50);
      }
    });
    return answered === true;
  }

  async #with<Result>(person: Person, state: State, work: (id: string) => Promise<Result>): Promise<Result | null> {
    const { userId, home: workspaceId, keyId } = person;
    if (userId === null) return null;
    const { connection } = this.#options.database;
    lastNumber += 1;
    const id = `bulk_of_row_${lastNumber}`;
    await writeBulkQuery(connection, { id, workspaceId, userId, number: lastNumber, keyId }, state);
    try {
      return await work(id);
    } finally {
      await connection.bulkQuery.delete({ where: { id } });
    }
  }
}
