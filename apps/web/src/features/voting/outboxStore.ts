/**
 * The outbox's operations in IndexedDB, where they survive a reload or a closed tab. A browser that allows no database, as some do in
 * private windows, keeps them in memory.
 */
import type { OutboxOperation, OutboxStore, StoredOperation } from "./outbox.ts";

const databaseName = "pareidolia-voting";
const tableName = "operations";
const sessionIndex = "session";

interface OperationRow extends StoredOperation {
  readonly session: string;
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error("The browser's database refused a request."));
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done();
    transaction.onerror = () => fail(transaction.error ?? new Error("The browser's database refused a change."));
    transaction.onabort = transaction.onerror;
  });
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => {
    const table = request.result.createObjectStore(tableName, { keyPath: "sequence", autoIncrement: true });
    table.createIndex(sessionIndex, "session");
  };
  return settle(request);
}

export function memoryStore(): OutboxStore {
  let operations: readonly StoredOperation[] = [];
  let last = 0;
  return {
    add: async (operation) => {
      operations = [...operations, { sequence: ++last, operation }];
    },
    list: async () => operations,
    remove: async (sequences) => {
      operations = operations.filter(({ sequence }) => !sequences.includes(sequence));
    },
  };
}

function databaseStore(database: IDBDatabase, session: string): OutboxStore {
  const change = async (act: (table: IDBObjectStore) => void) => {
    const transaction = database.transaction(tableName, "readwrite");
    act(transaction.objectStore(tableName));
    await committed(transaction);
  };
  return {
    add: (operation: OutboxOperation) => change((table) => table.add({ session, operation })),
    list: async () => {
      const index = database.transaction(tableName).objectStore(tableName).index(sessionIndex);
      const rows = (await settle(index.getAll(session))) as readonly OperationRow[];
      return rows.toSorted((a, b) => a.sequence - b.sequence);
    },
    remove: (sequences) =>
      change((table) => {
        for (const sequence of sequences) table.delete(sequence);
      }),
  };
}

/** Above every sequence that a database gives. */
const firstInMemory = 2 ** 40;

/** The store, and memory for whatever the store refuses: a full disk must not cost an answer as long as the page is open. */
export function withOverflow(store: OutboxStore): OutboxStore {
  const overflow = memoryStore();
  let refused = false;
  return {
    async add(operation) {
      try {
        // After one refusal all others follow, since the order of operations must stay.
        if (!refused) return await store.add(operation);
      } catch {
        refused = true;
      }
      await overflow.add(operation);
    },
    async list() {
      const stored = await store.list().catch((): readonly StoredOperation[] => []);
      const kept = await overflow.list();
      return [...stored, ...kept.map(({ sequence, operation }) => ({ sequence: firstInMemory + sequence, operation }))];
    },
    async remove(sequences) {
      const stored = sequences.filter((sequence) => sequence < firstInMemory);
      if (stored.length > 0) await store.remove(stored);
      await overflow.remove(sequences.map((sequence) => sequence - firstInMemory));
    },
  };
}

/** @param session Identifies the session in this browser: operations of two sessions never mix. */
export async function openOutboxStore(session: string): Promise<OutboxStore> {
  try {
    return withOverflow(databaseStore(await openDatabase(), session));
  } catch {
    return memoryStore();
  }
}
