/**
 * PostgreSQL refuses to run as root. When root starts the system, it runs as the owner of an existing data folder, else as the
 * user `postgres`, else as `nobody`. No user is created.
 */
import { chownSync, existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";

export interface DatabaseUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Null if the launcher does not run as root; the database then runs as the same user. */
export function findDatabaseUser(dataFolder: string): DatabaseUser | null {
  if (process.getuid?.() !== 0) return null;
  const users = readUsers();
  const owner = existsSync(dataFolder) ? statSync(dataFolder).uid : 0;
  const user =
    owner === 0
      ? (users.find(({ name }) => name === "postgres") ?? users.find(({ name }) => name === "nobody"))
      : users.find(({ uid }) => uid === owner);
  if (user !== undefined) return user;
  throw new AppError(
    "UNAVAILABLE",
    "PostgreSQL does not run as root, and this system has no user `postgres` or `nobody`. Start as another user, or set DATABASE_URL.",
  );
}

export function changeOwner(user: DatabaseUser | null, file: string): void {
  if (user !== null) chownSync(file, user.uid, user.gid);
}

/** Options of `spawn` that run a program as the user. */
export function runAs(user: DatabaseUser | null): { uid?: number; gid?: number } {
  return user === null ? {} : { uid: user.uid, gid: user.gid };
}

/** Whether the user may enter every folder above a path. */
export function canReach(user: DatabaseUser | null, target: string): boolean {
  if (user === null) return true;
  for (let folder = path.dirname(path.resolve(target)); ; folder = path.dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

function readUsers(): DatabaseUser[] {
  if (!existsSync("/etc/passwd")) return [];
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length > 3)
    .map(([name, , uid, gid]) => ({ name: name ?? "", uid: Number(uid), gid: Number(gid) }));
}
