/** Opens the object store that the environment selects: S3 if its settings are given, else a folder. */
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { openFolderStore } from "./folderStore.ts";
import type { ObjectStore } from "./objectStore.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const required = ["S3_ENDPOINT", "S3_ACCESS_KEY", "S3_SECRET_KEY"] as const;
const defaultHome = ".pareidolia";

function requireAddress(name: string, text: string): void {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new AppError("INVALID_INPUT", `${name} must be a URL such as http://127.0.0.1:9000.`);
}

/** @throws AppError INVALID_INPUT when only some of the S3 settings are given; UNAVAILABLE when the server does not answer. */
export async function openObjectStore(environment: Environment): Promise<ObjectStore> {
  const given = required.filter((name) => (environment[name] ?? "") !== "");
  if (given.length === 0) return openFolderStore({ folder: path.resolve(environment["PAREIDOLIA_HOME"] || defaultHome, "objects") });
  if (given.length < required.length) {
    const missing = required.filter((name) => !given.includes(name));
    throw new AppError("INVALID_INPUT", `${missing.join(" and ")} must be set too. Set all of ${required.join(", ")}, or none.`);
  }
  const endpoint = environment["S3_ENDPOINT"] as string;
  const publicEndpoint = environment["S3_PUBLIC_ENDPOINT"] || undefined;
  requireAddress("S3_ENDPOINT", endpoint);
  if (publicEndpoint !== undefined) requireAddress("S3_PUBLIC_ENDPOINT", publicEndpoint);
  // Loaded only when used: the API starts faster without the client.
  const { openS3Store } = await import("./s3Store.ts");
  return openS3Store({
    endpoint,
    publicEndpoint,
    accessKey: environment["S3_ACCESS_KEY"] as string,
    secretKey: environment["S3_SECRET_KEY"] as string,
    region: environment["S3_REGION"] || "us-east-1",
    bucket: environment["S3_BUCKET"] || "pareidolia",
  });
}
