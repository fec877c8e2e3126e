/** Everything that `npm run store -- check` says about rows: of runs, of studies, of images, of networks, and what triggers keep. */
import { AppError } from "@pareidolia/core/appError";
import { readPngHeader } from "@pareidolia/images/png";
import { findDerivedDifferences } from "@pareidolia/persistence/integrity/derivedColumns";
import { findBrokenSeals } from "@pareidolia/persistence/integrity/sealedColumns";
import { listImages } from "@pareidolia/persistence/lab/images/listImages";
import { findChangedNetworks, type SeedModel } from "@pareidolia/persistence/lab/models/zooModels";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { StudyComputer } from "../studies/studyComputer.ts";
import { checkRows } from "./checkRows.ts";
import { checkStudies } from "./checkStudies.ts";
import { checkSweeps } from "./checkSweeps.ts";

export interface StoredFigures {
  readonly database: Pick<Database, "connection" | "snapshot">;
  readonly objectStore: Pick<ObjectStore, "find">;
  readonly computer: Pick<StudyComputer, "compute">;
  /** The product's networks, as their manifest describes them. */
  readonly networks: readonly SeedModel[];
  /** Takes each finding as a sentence that names table, column, row and both values. */
  readonly print: (sentence: string) => void;
}

export async function checkStoredFigures({ database, objectStore, computer, networks, print }: StoredFigures): Promise<{
  readonly runs: number;
  readonly studies: number;
  readonly findings: number;
}> {
  const { connection } = database;
  let findings = 0;
  const count = (sentence: string): void => {
    findings++;
    print(sentence);
  };
  for (const { column, place, stored, computed } of await findDerivedDifferences(connection))
    count(`${column} of ${place} is ${stored ?? "empty"}; computed again, it is ${computed ?? "empty"}.`);
  for (const { column, place, stored } of await findBrokenSeals(connection))
    count(`${column} of ${place} ${stored === null ? "has no seal" : "is not the value that was sealed when it was written"}.`);
  for (const { column, slug, stored, listed } of await findChangedNetworks(connection, networks))
    count(`models.${column} of the network ${slug} is ${shortened(stored)}; the product's manifest has ${shortened(listed)}.`);
  for await (const image of listImages(connection)) {
    const bytes = await findOrNull(objectStore, image.sha256);
    // The check of objects reports it as lost.
    if (bytes === null) continue;
    const file = { ...readPngHeader(bytes), byteLength: bytes.length };
    for (const [column, name] of sizes)
      if (image[name] !== file[name])
        count(`images.${column} of the image ${image.sha256.slice(0, 12)} is ${image[name]}; computed again, it is ${file[name]}.`);
  }
  const runs = await checkRows(database, count);
  await checkSweeps(connection, count);
  const studies = await checkStudies({ connection, computer, print: count });
  return { runs, studies, findings };
}

function shortened(value: unknown): string {
  return (JSON.stringify(value) ?? "empty").slice(0, 200);
}

const sizes = [
  ["width", "width"],
  ["height", "height"],
  ["channels", "channels"],
  ["byte_length", "byteLength"],
] as const;

async function findOrNull(objectStore: Pick<ObjectStore, "find">, sha256: string): Promise<Uint8Array | null> {
  try {
    return await objectStore.find(imageKey(sha256));
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}
