/**
 * The secret that signs session cookies, and from which the key of the audit log follows: PAREIDOLIA_SECRET, or a random one that is generated
 * once and kept in the data folder, so that users stay signed in after a restart.
 */
import { randomBytes } from "node:crypto";
import { chmod, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";

const bytesOfSecret = 32;
const shortestSecret = 32;
const ownerOnly = 0o600;

/** @throws AppError UNAVAILABLE if the file cannot be read or written, or was cut off. */
export async function readSessionSecret(home: string, given: string | undefined): Promise<string> {
  if (given !== undefined && given !== "") return given;
  const file = path.join(home, "secret");
  try {
    await writeFile(file, `${randomBytes(bytesOfSecret).toString("base64url")}\n`, { mode: ownerOnly, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw explain(file, error);
  }
  try {
    await chmod(file, ownerOnly);
    const secret = (await readFile(file, "utf8")).trim();
    if (secret.length >= shortestSecret) return secret;
  } catch (error) {
    throw explain(file, error);
  }
  throw new AppError(
    "UNAVAILABLE",
    `${file} does not contain a secret. Restore it from a backup: without it, the audit log cannot be verified. Without a backup, delete the file and start again; everyone has to sign in again.`,
  );
}

function explain(file: string, cause: unknown): AppError {
  return new AppError("UNAVAILABLE", `The secret that signs sessions could not be kept in ${file}. Make the file writable and readable.`, {
    cause,
  });
}
