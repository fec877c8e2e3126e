/**
 * A server with accounts and two filled workspaces for the matrix. Once it is open, no transaction of its mutations is committed, so that
 * every cell starts from the same rows and no cell depends on another one.
 */
import { createServices } from "@pareidolia/api/assembly/createServices";
import type { Services } from "@pareidolia/api/assembly/nounModule";
import { encodeGlobalId, type NodeType } from "@pareidolia/api/globalId/globalId";
import { StoreHealth } from "@pareidolia/api/objectStore/storeHealth";
import type { RunEventFeed } from "@pareidolia/api/runEvent/runEventFeed";
import { defaultLimits } from "@pareidolia/api/upload/upload.service";
import type { Actor } from "@pareidolia/core/actor";
import type { Visibility } from "@pareidolia/core/visibility";
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database, Transaction } from "@pareidolia/persistence/database/database";
import { proveSharedStore } from "@pareidolia/persistence/objectStores/sharedStore";
import { defaultQuotas } from "@pareidolia/persistence/quotas/withinQuotas";
import { pino } from "pino";
import { accountSettings, startAccountsApi } from "../support/accounts.ts";
import { createStranger, stranger } from "../support/actors.ts";
import { createPeople, type Person } from "./people.ts";
import type { Place, SharedPlace } from "./place.ts";
import { moveTo, populate, type Things } from "./populate.ts";
import { writeReportFolder } from "./reportFolder.ts";
import type { World } from "./row.ts";

export interface OpenWorld extends World {
  /** The services of the server, for rows that call resolvers themselves. */
  readonly services: Services;
  actorOf(person: Person): Actor;
  close(): Promise<void>;
}

const visibilities: Readonly<Record<Place | SharedPlace, Visibility>> = {
  own: "PRIVATE",
  other: "PRIVATE",
  missing: "PRIVATE",
  public: "PUBLIC",
  unlisted: "UNLISTED",
  unlinked: "UNLISTED",
};

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

/** The forms of uploads outlive the matrix. */
const uploadLimits = { ...defaultLimits, perUser: 100, total: 100, formMilliseconds: 24 * 60 * 60_000 };

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
    deletedWorkspace: encodeGlobalId("Workspace", "missing"),
    upload: uuid,
    photoUpload: uuid,
    sentUpload: uuid,
    form: {
      ...things.form,
      fields: things.form.fields.map(({ name, value }) => ({ name, value: name === "key" ? `uploads/${uuid}` : value })),
    },
    sha256: "0".repeat(64),
  };
}

export async function openWorld(): Promise<OpenWorld> {
  const rolling = new RollingBack();
  const reports = await writeReportFolder();
  const api = await startAccountsApi({ wrapDatabase: (database) => rolling.wrap(database), reportFolders: [reports.folder], uploadLimits });
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
      // A network is shared by the runs that use it.
      if (person.visiting !== undefined) return { ...things, nodes: { ...things.nodes, Model: things.tenClassModel } };
      if (place !== "own" || person.apiKeyId === null) return things;
      return { ...things, nodes: { ...things.nodes, ApiKey: encodeGlobalId("ApiKey", person.apiKeyId) } };
    };
    const shareToken = "A".repeat(43);
    const experiment = Buffer.from(others.nodes.Experiment, "base64url").toString().slice("Experiment:".length);
    let shown: Visibility = "PRIVATE";
    const show = async (place: Place | SharedPlace): Promise<void> => {
      const visibility = visibilities[place];
      if (visibility === shown) return;
      const isPublic = visibility === "PUBLIC";
      const data = { visibility, shareToken: visibility === "UNLISTED" ? shareToken : null, publishedAt: isPublic ? new Date() : null };
      await api.database.connection.experiment.update({ where: { id: experiment }, data });
      shown = visibility;
    };
    const { database, objectStore } = api;
    const health = new StoreHealth(await proveSharedStore(database.connection, objectStore), pino({ level: "silent" }));
    // Resolvers of paths neither start nor follow anything.
    const unused = { queue: {} as Queue, feed: {} as RunEventFeed, quotas: defaultQuotas };
    const services = createServices({ database, objectStore, health, ...unused, reportFolders: [reports.folder], publicUrl: null });
    return {
      url: api.url,
      people,
      services,
      actorOf({ userId, home, role, scopes }) {
        if (userId === null || role === null) throw new Error("Who is not signed in is no actor.");
        return { userId, workspaceId: home, role, ...(scopes === null ? {} : { key: { id: "key", scopes } }) };
      },
      thingsOf,
      show,
      visit(person, place) {
        const headers = place === "unlisted" ? { ...person.headers, "x-share-token": shareToken } : person.headers;
        return { ...person, headers, home: others.workspaceId, visiting: place, apiKeyId: null };
      },
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
