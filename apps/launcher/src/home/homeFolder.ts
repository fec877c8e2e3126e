/**
 * Creates the data folder, closes it to other users of the machine, and checks that it is writable and has free space. Error messages suggest
 * a solution.
 */
import { existsSync } from "node:fs";
import { access, chmod, constants, lstat, mkdir, readdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";

const bytesNeeded = 300_000_000;

export async function openHomeFolder(home: string): Promise<void> {
  try {
    await createFolder(home);
    const probe = path.join(home, `.probe-${process.pid}`);
    await writeFile(probe, "");
    await rm(probe);
    await mkdir(path.join(home, "logs"), { recursive: true, mode: onlyOwnerFolder });
    await access(path.join(home, "logs"), constants.W_OK);
    await closeToOthers(home);
  } catch (error) {
    throw new AppError("UNAVAILABLE", explain(home, (error as NodeJS.ErrnoException).code ?? ""), { cause: error });
  }
  if (!(await stat(home)).isDirectory()) throw new AppError("UNAVAILABLE", explain(home, "ENOTDIR"));
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize < bytesNeeded) throw new AppError("UNAVAILABLE", explain(home, "ENOSPC"));
}

const [onlyOwner, onlyOwnerFolder] = [0o600, 0o700];
/** The database of a system that root starts runs as another user, and must pass through to its folder. */
const passable = 0o711;

/** Folders of earlier versions were open to others. What is deeper than the folders here is out of reach behind them. */
async function closeToOthers(home: string): Promise<void> {
  await chmod(home, process.getuid?.() === 0 ? passable : onlyOwnerFolder);
  await closeEntries(home);
  await closeEntries(path.join(home, "logs"));
}

async function closeEntries(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if ((await isOthers(file)) || entry.isSymbolicLink()) continue;
    if (entry.isDirectory()) await chmod(file, onlyOwnerFolder);
    else if (entry.isFile()) await chmod(file, onlyOwner);
  }
}

/** Root may change the files of others, such as the database's. */
async function isOthers(file: string): Promise<boolean> {
  return (await lstat(file)).uid !== process.getuid?.();
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
