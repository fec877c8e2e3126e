/** The API as it runs in production, with accounts, for an owner who has a session and an API key, and a member who has a session. */
import { createHmac, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createSecret, hashSecret, shownPrefix } from "@pareidolia/api/apiKey/secret";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { createDatabase, startPostgresServer } from "../../support/postgresServer.ts";
import { startServed } from "./servedProcess.ts";

const main = fileURLToPath(new URL("../../../apps/api/dist/main.js", import.meta.url));
const secret = "secret of a benchmark, which nothing else uses";

/** Headers by the way in which a request is authenticated. */
export interface Credentials {
  readonly none: Readonly<Record<string, string>>;
  readonly cookie: Readonly<Record<string, string>>;
  readonly key: Readonly<Record<string, string>>;
}

export interface ServedProduct {
  readonly origin: string;
  /** Of the API's process. */
  readonly pid: number;
  readonly credentials: Credentials;
  /** The headers of another user, who may look at everything. */
  readonly member: Readonly<Record<string, string>>;
  /** For files of the other side. */
  readonly folder: string;
  close(): Promise<void>;
}

async function startSession({ connection }: Database, userId: string) {
  const token = randomUUID();
  const expiresAt = new Date(Date.now() + 86_400_000);
  await connection.session.create({ data: { id: randomUUID(), userId, token, expiresAt } });
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  return { cookie: `pareidolia.session=${encodeURIComponent(`${token}.${signature}`)}` };
}

async function createMember(database: Database): Promise<Readonly<Record<string, string>>> {
  const id = "member";
  const { connection } = database;
  await connection.user.create({ data: { id, name: "Member", email: "member@pareidolia.example", emailVerified: true } });
  await connection.membership.create({ data: { id, userId: id, workspaceId: localWorkspaceId, role: "VIEWER" } });
  return startSession(database, id);
}

async function createCredentials(database: Database): Promise<Credentials> {
  const { connection } = database;
  const cookie = await startSession(database, localUserId);
  const key = createSecret();
  await connection.apiKey.create({
    data: {
      id: randomUUID(),
      workspaceId: localWorkspaceId,
      userId: localUserId,
      name: "Benchmark",
      prefix: shownPrefix(key),
      secretHash: hashSecret(key),
      scopes: ["READ"],
    },
  });
  return {
    none: {},
    cookie,
    key: { authorization: `Bearer ${key}` },
  };
}

/** @param seed writes the rows and objects that the requests need. */
export async function serveProduct(
  seed: (parts: { database: Database; objectStore: ObjectStore; folder: string }) => Promise<void>,
  options: { readonly onEveryCore?: boolean } = {},
): Promise<ServedProduct> {
  const home = await mkdtemp(path.join(tmpdir(), "pareidolia-served-"));
  const folder = path.join(home, "files");
  await mkdir(folder);
  const server = await startPostgresServer({ settings: [] });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    const url = await createDatabase(server.url, "served");
    await migrate(url);
    const database = await openDatabase(url);
    await seedLocalOwner(database.connection);
    const credentials = await createCredentials(database);
    const member = await createMember(database);
    await seed({ database, objectStore: openFolderStore({ folder: path.join(home, "objects") }), folder });
    await database.close();
    const environment = {
      DATABASE_URL: url,
      PAREIDOLIA_HOME: home,
      // The benchmark also sends its own documents with a session cookie.
      PAREIDOLIA_ANY_DOCUMENT: "on",
      PAREIDOLIA_SINGLE_USER: "off",
      PAREIDOLIA_SECRET: secret,
      PAREIDOLIA_URL: "http://127.0.0.1",
      API_PORT: "0",
    };
    const api = await startServed(main, environment, options);
    return {
      origin: api.origin,
      pid: api.pid,
      credentials,
      member,
      folder,
      async close() {
        await api.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
