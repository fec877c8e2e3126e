/** `npm run store -- quota`: lists what each workspace stores of its quota, and sets the quota of one. */
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import type { Database } from "@pareidolia/persistence/database/database";
import { readGigabytes, readQuotas } from "@pareidolia/persistence/quotas/readQuotas";
import { measureWorkspaces, setStorageQuota } from "@pareidolia/persistence/quotas/storageQuota";
import { quotasOf } from "@pareidolia/persistence/quotas/withinQuotas";

export interface QuotaCommandOptions {
  readonly database: Database;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly values: {
    readonly workspace?: string | undefined;
    readonly gigabytes?: string | undefined;
    readonly default?: boolean | undefined;
  };
  readonly print: (line: string) => void;
}

/** Returns the exit status. @throws AppError INVALID_INPUT; NOT_FOUND. */
export async function runQuotaCommand({ database, environment, values, print }: QuotaCommandOptions): Promise<number> {
  const defaults = readQuotas(environment);
  const { workspace: slug, gigabytes, default: isDefault = false } = values;
  if ((slug !== undefined) !== (gigabytes !== undefined || isDefault) || (gigabytes !== undefined && isDefault))
    throw new AppError("INVALID_INPUT", "To set a quota, give --workspace and either --gigabytes or --default.");
  if (slug !== undefined)
    await setStorageQuota(database, { slug, bytes: gigabytes === undefined ? null : readGigabytes(gigabytes, "--gigabytes") });
  for (const { slug: short, name, usage } of await measureWorkspaces(database.connection)) {
    if (slug !== undefined && short !== slug) continue;
    const { storage, sent } = quotasOf(usage, defaults);
    const source = usage.ownQuota === null ? "the default" : "its own quota";
    const amounts = `${formatByteSize(storage.used)} of ${formatByteSize(storage.limit)} (${source})`;
    print(`${name} (${short}): ${amounts}; ${formatByteSize(sent.used)} sent within 24 hours`);
  }
  return 0;
}
