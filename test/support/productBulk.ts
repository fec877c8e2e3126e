/** Runs bulk queries as the product does: starts them over HTTP, stores their rows as a process of the API, and writes the file as a worker. */
import { createServices } from "@pareidolia/api/assembly/createServices";
import { answerNextBulkQuery, type BulkContext } from "@pareidolia/api/bulkQuery/answerBulkQueries";
import { createSchema } from "@pareidolia/api/schema";
import type { Actor } from "@pareidolia/core/actor";
import { type WriteBulkFileContext, writeBulkFile } from "@pareidolia/workers/tasks/writeBulkFile.task";
import { pino } from "pino";
import { localOwner } from "./actors.ts";
import type { TestApi } from "./api.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of a response
type Answer = any;

export interface ProductBulk {
  readonly context: BulkContext;
  /** The mutation's answer. */
  change(name: "startBulkQuery" | "cancelBulkQuery" | "deleteBulkQuery", input: object, actor?: Actor): Promise<Answer>;
  read(id: string, actor?: Actor): Promise<Answer>;
  /** Stores the rows of the next one, and writes its file. */
  carryOut(changes?: Partial<BulkContext>): Promise<void>;
  /** Starts and carries out. Returns the bulk query. @throws unless it is started. */
  make(input: object, actor?: Actor): Promise<Answer>;
  download(url: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** The file's text. */
  textOf(made: Answer): Promise<string>;
  /** The file's JSON lines. */
  linesOf(made: Answer): Promise<Answer[]>;
}

const fields = `id key name number query variables format state rows failure createdAt startedAt answeredAt endedAt expiresAt
  file { url urlExpiresAt sha256 byteLength }`;

export const bulkRowId = (globalId: string): string => Buffer.from(globalId, "base64url").toString().slice("BulkQuery:".length);

/** The store, whose connection breaks at the writes with these numbers, from 1. */
export function breakingStore({ objectStore }: Pick<TestApi, "objectStore">, ...writes: readonly number[]): BulkContext["objectStore"] {
  let count = 0;
  return {
    async put(...object) {
      count += 1;
      if (writes.includes(count)) throw Object.assign(new Error("gone"), { code: "ECONNRESET" });
      return objectStore.put(...object);
    },
  };
}

export async function openProductBulk(api: Pick<TestApi, "database" | "objectStore" | "query" | "url">): Promise<ProductBulk> {
  const { database, objectStore } = api;
  const enqueued: string[] = [];
  const queue = {
    enqueue: async (_transaction: unknown, _name: string, data: object) =>
      void enqueued.push((data as { bulkQueryId: string }).bulkQueryId),
  };
  // The answers read only from the database and the object store.
  const resources = { database, objectStore } as Parameters<typeof createServices>[0];
  const context: BulkContext = {
    database,
    objectStore,
    queue: queue as BulkContext["queue"],
    schema: await createSchema(),
    services: createServices(resources),
    costBuckets: null,
    logger: pino({ level: "silent" }),
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const ofWorker = { database, objectStore, queue: queue as WriteBulkFileContext["queue"], stop: new AbortController().signal, log };

  const product: ProductBulk = {
    context,
    async change(name, input, actor = localOwner) {
      const noun = `${name[0]?.toUpperCase()}${name.slice(1)}`;
      const type = name === "startBulkQuery" ? "StartBulkQueryInput" : "BulkQueryInput";
      const selected = name === "deleteBulkQuery" ? "deletedId" : `bulkQuery { ${fields} }`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on ${noun}Success { ${selected} }
        ... on InvalidInputError { field position { from to } } ... on Error { message } } }`;
      const { body } = await api.query(query, { input }, actor);
      if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
      return body.data[name];
    },
    async read(id, actor = localOwner) {
      const { body } = await api.query(`query ($id: ID!) { node(id: $id) { ... on BulkQuery { ${fields} } } }`, { id }, actor);
      if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
      return body.data.node;
    },
    async carryOut(changes) {
      await answerNextBulkQuery({ ...context, ...changes });
      for (const bulkQueryId of enqueued.splice(0)) await writeBulkFile({ bulkQueryId }, { ...ofWorker, partBytes: 16_384 });
    },
    async make(input, actor = localOwner) {
      const answer = await product.change("startBulkQuery", input, actor);
      if (answer.bulkQuery === undefined) throw new Error(JSON.stringify(answer));
      await product.carryOut();
      return product.read(answer.bulkQuery.id, actor);
    },
    download: (url, headers = {}) => fetch(`${api.url}${url}`, { headers }),
    async textOf(made) {
      const response = await product.download(made.file.url);
      if (response.status !== 200) throw new Error(await response.text());
      return response.text();
    },
    async linesOf(made) {
      const text = await product.textOf(made);
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line));
    },
  };
  return product;
}
