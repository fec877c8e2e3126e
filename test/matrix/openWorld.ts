/**
 * A server with accounts and two filled workspaces for the matrix. Once it is open, no transaction of its mutations is committed, so that
 * every cell starts from the same rows and no cell depends on another one.
 */
import { encodeGlobalId, type NodeType } from "@pareidolia/api/globalId/globalId";
import type { Database, Transaction } from "@pareidolia/persistence/database/database";
import { accountSettings, startAccountsApi } from "../support/accounts.ts";
import { createStranger, stranger } from "../support/actors.ts";
import { createPeople, type Person } from "./people.ts";
import { moveTo, populate, type Things } from "./populate.ts";
import { writeReportFolder } from "./reportFolder.ts";
import type { Place, World } from "./row.ts";

export interface OpenWorld extends World {
  close(): Promise<void>;
}

/** Rolls a transaction back and carries its result. */
class RolledBack extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super("Rolled back.");
    this.result = result;
  }
}

/** Commits until `rollBack` is set. */
class RollingBack {
  isOn = false;
  #completed: (readonly string[])[] = [];

  take(): readonly (readonly string[])[] {
    const completed = this.#completed;
    this.#completed = [];
    return completed;
  }

  wrap(database: Database): Database {
    return {
      ...database,
      transaction: async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
        if (!this.isOn) return database.transaction(work);
        try {
          return await database.transaction(async (transaction) => {
            const { connection } = transaction;
            const known = await connection.auditEntry.findMany({ select: { hash: true } });
            const result = await work(transaction);
            const written = { hash: { notIn: known.map(({ hash }) => hash) } };
            const entries = await connection.auditEntry.findMany({ where: written, select: { action: true } });
            this.#completed.push(entries.map(({ action }) => action));
            throw new RolledBack(result);
          });
        } catch (error) {
          if (error instanceof RolledBack) return error.result as T;
          throw error;
        }
      },
    };
  }
}

function missing(things: Things): Things {
  const nodes = Object.fromEntries(Object.keys(things.nodes).map((type) => [type, encodeGlobalId(type as NodeType, "missing")]));
  const uuid = "00000000-0000-4000-8000-000000000000";
  const run = encodeGlobalId("Run", "missing");
  return {
    workspaceId: "missing",
    nodes: {
      ...nodes,
      AuditEntry: encodeGlobalId("AuditEntry", "missing.1"),
      Image: encodeGlobalId("Image", "0".repeat(64)),
    } as Things["nodes"],
    runs: { evolution: run, ascent: run, perturbation: run, retraining: run, queued: run, paused: run, cancelled: run },
    queuedAnalysis: encodeGlobalId("Analysis", "missing"),
    otherElite: encodeGlobalId("Elite", "missing"),
    tenClassModel: encodeGlobalId("Model", "missing"),
    removedUser: encodeGlobalId("User", "missing"),
    upload: uuid,
    sha256: "0".repeat(64),
  };
}

export async function openWorld(): Promise<OpenWorld> {
  const rolling = new RollingBack();
  const reports = await writeReportFolder();
  const api = await startAccountsApi({ wrapDatabase: (database) => rolling.wrap(database), reportFolders: [reports.folder] });
  const close = async (): Promise<void> => {
    await api.close();
    await reports.remove();
  };
  try {
    await createStranger(api.database);
    const others = await moveTo(api, await populate(api, 1), stranger);
    const people = await createPeople(api.database.connection);
    const own = await populate(api, 2);
    rolling.isOn = true;
    const places: Readonly<Record<string, Readonly<Record<Place, Things>>>> = {
      [own.workspaceId]: { own, other: others, missing: missing(own) },
      [others.workspaceId]: { own: others, other: own, missing: missing(own) },
    };
    const thingsOf = (person: Person, place: Place): Things => {
      const things = places[person.home]?.[place];
      if (things === undefined) throw new Error(`There is no workspace ${person.home}.`);
      if (place !== "own" || person.apiKeyId === null) return things;
      return { ...things, nodes: { ...things.nodes, ApiKey: encodeGlobalId("ApiKey", person.apiKeyId) } };
    };
    return {
      url: api.url,
      people,
      thingsOf,
      takeTransactions: () => rolling.take(),
      async query(person, query, variables = {}) {
        const headers = { origin: accountSettings.publicUrl.origin, ...person.headers };
        const { status, body } = await api.post(JSON.stringify({ query, variables }), headers);
        return { status, data: body.data, errors: body.errors };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
