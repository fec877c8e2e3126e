/** Counts the SQL statements of a page of the gallery: the page's own document with 50 images, sent over HTTP. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { adoptStore } from "@pareidolia/persistence/lab/images/sharedStore";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { StatementBudget } from "@pareidolia/persistence/server/database/statementBudget";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { startTestApi, type TestApi } from "../support/api.ts";
import { createDatabase, startPostgresServer } from "../support/postgresServer.ts";
import { seedScale } from "./scale/seedScale.ts";
import { smallSize } from "./scale/shape.ts";
import { readWebDocuments } from "./scale/webDocuments.ts";

const images = 50;

export async function countGalleryStatements(
  onProgress: (line: string) => void,
): Promise<{ readonly statements: number; readonly images: number }> {
  const server = await startPostgresServer({ settings: [] });
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-gallery-"));
  try {
    const url = await createDatabase(server.url, "gallery");
    await migrate(url);
    await seedScale(url, smallSize, onProgress);
    const database = await openDatabase(url);
    const objectStore = openFolderStore({ folder });
    // The database has rows of images, and the store none of their bytes.
    await adoptStore(database.connection, objectStore);
    const api = await startTestApi({ beside: { databaseUrl: url, objectStore, database } as unknown as TestApi });
    // Every statement of a request is taken from its budget.
    const { takeStatement } = StatementBudget.prototype;
    let statements = 0;
    StatementBudget.prototype.takeStatement = function take(this: StatementBudget): void {
      statements += 1;
      takeStatement.call(this);
    };
    try {
      const query = (await readWebDocuments())("GalleryImages");
      const variables = { first: images, orderBy: { column: "confidence", direction: "DESC" } };
      const { body } = await api.post(JSON.stringify({ query, variables }));
      const found: number | undefined = body.data?.galleryImages.nodes.length;
      if (found !== images) throw new Error(`The page has ${found} images: ${JSON.stringify(body.errors)}`);
      return { statements, images };
    } finally {
      StatementBudget.prototype.takeStatement = takeStatement;
      await api.close();
      await database.close();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
