/** The API as it runs in production, with accounts, for one owner who has a session and an API key. */
import { createHmac, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createSecret, hashSecret, shownPrefix } from "@pareidolia/api/apiKey/secret";
import { type Database, openDatabase } from "@pareidolia/persistence/database/database";
import { migrate } from "@pareidolia/persistence/database/migrations";
import { openFolderStore } from "@pareidolia/persistence/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspaces/localWorkspace";
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
  readonly credentials: Credentials;
  /** For files of the other side. */
  readonly folder: string;
  close(): Promise<void>;
}

async function createCredentials({ connection }: Database): Promise<Credentials> {
  const token = randomUUID();
  const expiresAt = new Date(Date.now() + 86_400_000);
  await connection.session.create({ data: { id: randomUUID(), userId: localUserId, token, expiresAt } });
  const signature = createHmac("sha256", secret).update(token).digest("base64");
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
    cookie: { cookie: `pareidolia.session=${encodeURIComponent(`${token}.${signature}`)}` },
    key: { authorization: `Bearer ${key}` },
  };
}

/** @param seed writes the rows and objects that the requests need. */
export async function serveProduct(
  seed: (parts: { database: Database; objectStore: ObjectStore; folder: string }) => Promise<void>,
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
    await seed({ database, objectStore: openFolderStore({ folder: path.join(home, "objects") }), folder });
    await database.close();
    const api = await startServed(main, {
      DATABASE_URL: url,
      PAREIDOLIA_HOME: home,
      // The benchmark also sends its own documents with a session cookie.
      PAREIDOLIA_ANY_DOCUMENT: "on",
      PAREIDOLIA_SINGLE_USER: "off",
      PAREIDOLIA_SECRET: secret,
      PAREIDOLIA_URL: "http://127.0.0.1",
      API_PORT: "0",
    });
    return {
      origin: api.origin,
      credentials,
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
