/** The sample photographs from a cache, on a real Postgres and a folder. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { decodePng } from "@pareidolia/images/png";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { storeSamplePhotos } from "@pareidolia/workers/photos/storeSamplePhotos";
import { expect, it } from "vitest";
import { createTestDatabase } from "../../support/database.ts";
import { readShared } from "../../support/readShared.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

const silent = { info() {}, warn() {}, error() {} };

it("every sample photograph is stored once, as a PNG, for all workspaces", async () => {
  // The worker continues without photographs that it cannot download.
  await readShared("photos/cat.bmp");
  const testDatabase = await createTestDatabase();
  const database = await openDatabase(testDatabase.url);
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-photos-"));
  const objectStore = openFolderStore({ folder });
  const options = { database, objectStore, cacheFolder: sharedCacheFolder(), log: silent, stop: new AbortController().signal };
  try {
    await storeSamplePhotos(options);
    const photos = await database.connection.photo.findMany({ include: { image: true }, orderBy: { id: "asc" } });
    expect(photos.map(({ name, workspaceId }) => [name, workspaceId])).toEqual(
      ["Bird", "Cat", "Dragonfly", "Grace Hopper", "Hot dog", "Owl", "Parrot"].map((name) => [name, null]),
    );
    for (const { image, licence } of photos) {
      const stored = decodePng(await objectStore.get(imageKey(image.sha256)));
      expect([stored.width, stored.height, stored.channels]).toEqual([image.width, image.height, 3]);
      expect(Math.max(stored.width, stored.height)).toBeLessThanOrEqual(1024);
      expect(licence).not.toBe("");
    }
    await storeSamplePhotos(options);
    expect(await database.connection.photo.count()).toBe(7);
  } finally {
    await database.close();
    await testDatabase.drop();
    await rm(folder, { recursive: true });
  }
});
