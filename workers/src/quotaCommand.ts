/** `npm run store -- quota`: lists what each workspace uses of its quotas and limits, and sets those of one. */
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import type { Database } from "@pareidolia/persistence/database/database";
import { readGigabytes, readQuotas } from "@pareidolia/persistence/quotas/readQuotas";
import { readRunUsage, setRunLimit } from "@pareidolia/persistence/quotas/runLimit";
import { measureWorkspaces, setStorageQuota } from "@pareidolia/persistence/quotas/storageQuota";
import { quotasOf } from "@pareidolia/persistence/quotas/withinQuotas";

export interface QuotaCommandOptions {
  readonly database: Database;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly values: {
    readonly workspace?: string | undefined;
    readonly gigabytes?: string | undefined;
    readonly default?: boolean | undefined;
    /** A number, or "unlimited". */
    readonly runs?: string | undefined;
  };
  readonly print: (line: string) => void;
}

/** Returns the exit status. @throws AppError INVALID_INPUT; NOT_FOUND. */
export async function runQuotaCommand({ database, environment, values, print }: QuotaCommandOptions): Promise<number> {
  const defaults = readQuotas(environment);
  const { workspace: slug, gigabytes, default: isDefault = false, runs } = values;
  const setsStorage = gigabytes !== undefined || isDefault;
  if ((slug !== undefined) !== (setsStorage || runs !== undefined) || (gigabytes !== undefined && isDefault))
    throw new AppError("INVALID_INPUT", "To set a quota, give --workspace and --gigabytes, --default or --runs.");
  if (slug !== undefined && setsStorage)
    await setStorageQuota(database, { slug, bytes: gigabytes === undefined ? null : readGigabytes(gigabytes, "--gigabytes") });
  if (slug !== undefined && runs !== undefined) await setRunLimit(database, { slug, limit: runs === "unlimited" ? null : Number(runs) });
  for (const { id, slug: short, name, usage } of await measureWorkspaces(database.connection)) {
    if (slug !== undefined && short !== slug) continue;
    const { storage, sent } = quotasOf(usage, defaults);
    const source = usage.ownQuota === null ? "the default" : "its own quota";
    const amounts = `${formatByteSize(storage.used)} of ${formatByteSize(storage.limit)} (${source})`;
    const { running, limit } = await readRunUsage(database.connection, { workspaceId: id });
    const ofRuns = `${running} of ${limit ?? "any number of"} runs at once`;
    print(`${name} (${short}): ${amounts}; ${formatByteSize(sent.used)} sent within 24 hours; ${ofRuns}`);
  }
  return 0;
}
