/** Reads the operator's quotas and the largest import from environment variables. */
import { AppError } from "@pareidolia/core/appError";
import { defaultQuotas, type QuotaDefaults } from "./withinQuotas.ts";

const gigabyte = 1024 ** 3;
const maxGigabytes = 1_000_000;

/** Bytes. @throws AppError INVALID_INPUT, with `name` as the source of the text. */
export function readGigabytes(text: string, name: string): number {
  const gigabytes = text.trim() === "" ? Number.NaN : Number(text);
  if (gigabytes >= 0 && gigabytes <= maxGigabytes) return Math.floor(gigabytes * gigabyte);
  throw new AppError("INVALID_INPUT", `${name} must be a number of GB from 0 to ${maxGigabytes.toLocaleString("en")}, such as 50.`);
}

export function readQuotas(environment: Readonly<Record<string, string | undefined>>): QuotaDefaults {
  const text = environment["PAREIDOLIA_STORAGE_QUOTA_GB"];
  return text === undefined ? defaultQuotas : { ...defaultQuotas, storageBytes: readGigabytes(text, "PAREIDOLIA_STORAGE_QUOTA_GB") };
}

/** Bytes of the largest file of an import, unless the operator sets another limit. */
export const defaultLargestImport = 20 * gigabyte;

/** Bytes of the largest file of an import. A worker needs as much temporary room twice. @throws AppError INVALID_INPUT. */
export function readLargestImport(environment: Readonly<Record<string, string | undefined>>): number {
  const text = environment["PAREIDOLIA_IMPORT_GB"];
  return text === undefined || text === "" ? defaultLargestImport : readGigabytes(text, "PAREIDOLIA_IMPORT_GB");
}
