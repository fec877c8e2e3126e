/** The data folder: made, writable and with room, or a sentence that says what to do. */
import { existsSync } from "node:fs";
import { access, constants, mkdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";

const bytesNeeded = 300_000_000;

export async function openHomeFolder(home: string): Promise<void> {
  try {
    await makeFolder(home);
    const probe = path.join(home, `.probe-${process.pid}`);
    await writeFile(probe, "");
    await rm(probe);
    await mkdir(path.join(home, "logs"), { recursive: true });
    await access(path.join(home, "logs"), constants.W_OK);
  } catch (error) {
    throw new AppError("UNAVAILABLE", explain(home, (error as NodeJS.ErrnoException).code ?? ""), { cause: error });
  }
  if (!(await stat(home)).isDirectory()) throw new AppError("UNAVAILABLE", explain(home, "ENOTDIR"));
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize < bytesNeeded) throw new AppError("UNAVAILABLE", explain(home, "ENOSPC"));
}

/**
 * Makes the folder and those above it. One by one, since Node's own `recursive` never returns where a folder that exists refuses
 * new ones with ENOENT, as those of /proc do.
 */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(path.dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function explain(home: string, code: string): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `No permission to write the data folder ${home}. Make it yours (chown), or name another one: PAREIDOLIA_HOME=/path npm start`;
    case "EROFS":
      return `The data folder ${home} is on a read-only disk. Name another one: PAREIDOLIA_HOME=/path npm start`;
    case "ENOTDIR":
    case "EEXIST":
      return `${home} is a file, and the data folder should be there. Move it away, or name another folder: PAREIDOLIA_HOME=/path npm start`;
    case "ENOSPC":
      return `The disk of the data folder ${home} is full (at least ${bytesNeeded / 1_000_000} MB are needed). Free some space, or name another folder: PAREIDOLIA_HOME=/path npm start`;
    default:
      return `The data folder ${home} cannot be used (${code}). Name another one: PAREIDOLIA_HOME=/path npm start`;
  }
}
