/** `npm run store -- quota`: lists what each workspace uses of its quotas and limits, and sets those of one. */
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { readGigabytes, readQuotas } from "@pareidolia/persistence/workspace/quotas/readQuotas";
import { type RunLimits, readRunLimits, setRunLimits } from "@pareidolia/persistence/workspace/quotas/runLimits";
import { measureWorkspaces, setStorageQuota } from "@pareidolia/persistence/workspace/quotas/storageQuota";
import { quotasOf } from "@pareidolia/persistence/workspace/quotas/withinQuotas";

export interface QuotaCommandOptions {
  readonly database: Database;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly values: {
    readonly workspace?: string | undefined;
    readonly gigabytes?: string | undefined;
    readonly default?: boolean | undefined;
    /** A number, or "unlimited". */
    readonly runs?: string | undefined;
    readonly share?: string | undefined;
  };
  readonly print: (line: string) => void;
}

function describeRunLimits({ running, limit, share }: RunLimits): string {
  const runs = `${running} of ${limit ?? "any number of"} runs at once`;
  return share === 1 ? runs : `${runs}, share ${share}`;
}

/** Returns the exit status. @throws AppError INVALID_INPUT; NOT_FOUND. */
export async function runQuotaCommand({ database, environment, values, print }: QuotaCommandOptions): Promise<number> {
  const defaults = readQuotas(environment);
  const { workspace: slug, gigabytes, default: isDefault = false, runs, share } = values;
  const setsStorage = gigabytes !== undefined || isDefault;
  const setsRuns = runs !== undefined || share !== undefined;
  if ((slug !== undefined) !== (setsStorage || setsRuns) || (gigabytes !== undefined && isDefault))
    throw new AppError("INVALID_INPUT", "To set a quota, give --workspace and --gigabytes, --default, --runs or --share.");
  if (slug !== undefined && setsStorage)
    await setStorageQuota(database, { slug, bytes: gigabytes === undefined ? null : readGigabytes(gigabytes, "--gigabytes") });
  if (slug !== undefined && setsRuns)
    await setRunLimits(database, {
      slug,
      limit: runs === undefined ? undefined : runs === "unlimited" ? null : Number(runs),
      share: share === undefined ? undefined : Number(share),
    });
  for (const { id, slug: short, name, usage } of await measureWorkspaces(database.connection)) {
    if (slug !== undefined && short !== slug) continue;
    const { storage, sent } = quotasOf(usage, defaults);
    const source = usage.ownQuota === null ? "the default" : "its own quota";
    const amounts = `${formatByteSize(storage.used)} of ${formatByteSize(storage.limit)} (${source})`;
    const limits = describeRunLimits(await readRunLimits(database.connection, { workspaceId: id }));
    print(`${name} (${short}): ${amounts}; ${formatByteSize(sent.used)} sent within 24 hours; ${limits}`);
  }
  return 0;
}
