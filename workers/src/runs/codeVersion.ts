/** The version of this program: of its package, with the commit if it runs from a clone, and the hash of the lock file. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}

/** The commit of a clone or of one of its worktrees; null without one. Local changes do not show. */
function findCommit(): string | null {
  const pointer = read(path.join(root, ".git"))?.replace("gitdir: ", "");
  const folder = path.resolve(root, pointer ?? ".git");
  const head = read(path.join(folder, "HEAD"));
  if (head === null || !head.startsWith("ref: ")) return head;
  const reference = head.slice("ref: ".length);
  const shared = path.resolve(folder, read(path.join(folder, "commondir")) ?? ".");
  const packed = read(path.join(shared, "packed-refs"))
    ?.split("\n")
    .find((line) => line.endsWith(` ${reference}`));
  return read(path.join(shared, reference)) ?? packed?.split(" ")[0] ?? null;
}

/** Such as "0.1.0 (1a2b3c4d5e6f)". */
function findVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(root, "workers/package.json"), "utf8")) as { readonly version: string };
  const commit = process.env["PAREIDOLIA_COMMIT"] ?? findCommit();
  return commit === null || commit === "" ? version : `${version} (${commit.slice(0, 12)})`;
}

function hashLockFile(): string | null {
  const text = read(path.join(root, "package-lock.json"));
  return text === null
    ? null
    : createHash("sha256")
        .update(readFileSync(path.join(root, "package-lock.json")))
        .digest("hex");
}

/** Of the code as this process loaded it. */
export const codeVersion = findVersion();
/** SHA-256 of package-lock.json, which names every dependency; null if the file is not installed with the code. */
export const lockFileHash = hashLockFile();
