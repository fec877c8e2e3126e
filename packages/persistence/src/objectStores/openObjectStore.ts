/** Opens the object store that the environment selects: S3 if its settings are given, else a folder. */
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { openFolderStore } from "./folderStore.ts";
import type { ObjectStore } from "./objectStore.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const required = ["S3_ENDPOINT", "S3_ACCESS_KEY", "S3_SECRET_KEY"] as const;
const defaultHome = ".pareidolia";

/** @throws AppError INVALID_INPUT when only some of the S3 settings are given; UNAVAILABLE when the server does not answer. */
export async function openObjectStore(environment: Environment): Promise<ObjectStore> {
  const given = required.filter((name) => (environment[name] ?? "") !== "");
  if (given.length === 0) return openFolderStore({ folder: path.resolve(environment["PAREIDOLIA_HOME"] || defaultHome, "objects") });
  if (given.length < required.length) {
    const missing = required.filter((name) => !given.includes(name));
    throw new AppError("INVALID_INPUT", `${missing.join(" and ")} must be set too. Set all of ${required.join(", ")}, or none.`);
  }
  const endpoint = environment["S3_ENDPOINT"] as string;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
    throw new AppError("INVALID_INPUT", "S3_ENDPOINT must be a URL such as http://127.0.0.1:9000.");
  // Loaded only when used: the API starts faster without the client.
  const { openS3Store } = await import("./s3Store.ts");
  return openS3Store({
    endpoint,
    accessKey: environment["S3_ACCESS_KEY"] as string,
    secretKey: environment["S3_SECRET_KEY"] as string,
    region: environment["S3_REGION"] || "us-east-1",
    bucket: environment["S3_BUCKET"] || "pareidolia",
  });
}
