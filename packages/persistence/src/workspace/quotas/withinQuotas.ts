/**
 * Enforces the quotas of a workspace. A change is made under a lock on the workspace and rolled back if it exceeds a quota, so concurrent
 * requests cannot exceed it together. A change that does not increase the usage, such as creating a model from an upload, succeeds even
 * over a quota.
 */
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import { lockWorkspace } from "../../access/accounts/lockWorkspace.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { storedBytes, usageOf, type WorkspaceUsage } from "./workspaceUsage.ts";

/** The operator's limits for every workspace. */
export interface QuotaDefaults {
  /** Bytes that a workspace may store, unless it has a quota of its own, and that it may send within 24 hours. */
  readonly storageBytes: number;
  /** Uploads whose files have not arrived. */
  readonly pendingUploads: number;
}

export const defaultQuotas: QuotaDefaults = { storageBytes: 20 * 1024 ** 3, pendingUploads: 100 };

export interface Quota {
  readonly used: number;
  readonly limit: number;
}

export interface WorkspaceQuotas {
  /** In bytes. */
  readonly storage: Quota;
  /** In bytes, within 24 hours. */
  readonly sent: Quota;
  readonly pendingUploads: Quota;
}

export function quotasOf(usage: WorkspaceUsage, defaults: QuotaDefaults): WorkspaceQuotas {
  const limit = usage.ownQuota ?? defaults.storageBytes;
  return {
    storage: { used: storedBytes(usage), limit },
    sent: { used: usage.sentBytes, limit },
    pendingUploads: { used: usage.pending.count, limit: defaults.pendingUploads },
  };
}

interface Limited {
  readonly workspaceId: string;
  readonly defaults: QuotaDefaults;
}

/** For work whose size is known only once it is done. @throws AppError QUOTA_EXCEEDED if the workspace has no storage left. */
export async function requireStorage(connection: Connection, { workspaceId, defaults }: Limited): Promise<void> {
  const { used, limit } = quotasOf(await usageOf(connection, workspaceId), defaults).storage;
  if (used < limit) return;
  throw new AppError(
    "QUOTA_EXCEEDED",
    `The workspace uses all of its ${formatByteSize(limit)}. Delete models, photographs or unused uploads, or ask the operator of this server for a larger quota.`,
  );
}

const refusals: { readonly [Name in keyof WorkspaceQuotas]: (before: Quota, needed: number) => string } = {
  storage({ used, limit }, needed) {
    const free = formatByteSize(Math.max(0, limit - used));
    return `This needs ${formatByteSize(needed)}, but only ${free} of the workspace's ${formatByteSize(limit)} are free. Delete models, photographs or unused uploads, or ask the operator of this server for a larger quota.`;
  },
  sent({ used, limit }, needed) {
    const left = formatByteSize(Math.max(0, limit - used));
    return `This needs ${formatByteSize(needed)}, but the workspace can send only ${left} more: the limit is ${formatByteSize(limit)} within 24 hours. Try again later, or ask the operator of this server for a larger quota.`;
  },
  pendingUploads: ({ limit }) =>
    `${limit} uploads of this workspace are unfinished, which is the limit. Finish or delete some of them; after a day, they are deleted automatically.`,
};

/** @throws AppError QUOTA_EXCEEDED, after which the transaction must be rolled back; any error of `change`. */
export async function withinQuotas<T>(
  { connection }: Transaction,
  { workspaceId, defaults }: Limited,
  change: (connection: Connection) => Promise<T>,
): Promise<T> {
  await lockWorkspace(connection, workspaceId);
  const before = quotasOf(await usageOf(connection, workspaceId), defaults);
  const result = await change(connection);
  const after = quotasOf(await usageOf(connection, workspaceId), defaults);
  for (const name of ["pendingUploads", "storage", "sent"] as const) {
    const { used, limit } = after[name];
    const needed = used - before[name].used;
    if (used > limit && needed > 0) throw new AppError("QUOTA_EXCEEDED", refusals[name](before[name], needed));
  }
  return result;
}
