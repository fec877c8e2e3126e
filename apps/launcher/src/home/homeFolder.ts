/** Creates the data folder and checks that it is writable and has free space. Error messages suggest a solution. */
import { existsSync } from "node:fs";
import { access, constants, mkdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";

const bytesNeeded = 300_000_000;

export async function openHomeFolder(home: string): Promise<void> {
  try {
    await createFolder(home);
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
 * Creates the folder and its parents one by one. Node's `recursive` option never returns if creating a folder in an existing parent fails
 * with ENOENT, as in /proc.
 */
async function createFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await createFolder(path.dirname(folder));
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
      return `No permission to write the data folder ${home}. Take ownership of it (chown), or choose another: PAREIDOLIA_HOME=/path npm start`;
    case "EROFS":
      return `The data folder ${home} is on a read-only disk. Choose another: PAREIDOLIA_HOME=/path npm start`;
    case "ENOTDIR":
    case "EEXIST":
      return `${home} is a file, not a data folder. Move the file, or choose another folder: PAREIDOLIA_HOME=/path npm start`;
    case "ENOSPC":
      return `The disk of the data folder ${home} is full (at least ${bytesNeeded / 1_000_000} MB needed). Free some space, or choose another folder: PAREIDOLIA_HOME=/path npm start`;
    default:
      return `Cannot use the data folder ${home} (${code}). Choose another: PAREIDOLIA_HOME=/path npm start`;
  }
}
