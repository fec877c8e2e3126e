/** Registers a network of a workspace, which a worker then checks. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { lockWorkspace } from "../../access/accounts/lockWorkspace.ts";
import type { Prisma } from "../../generated/client.ts";
import type { Transaction } from "../../server/database/database.ts";

export interface NewModel {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly source: string;
  /** The uploaded file; null if a worker downloads it from `url`. */
  readonly file: { readonly sha256: string; readonly byteLength: number } | null;
  /** Null for an upload. */
  readonly url: string | null;
  readonly labels: readonly string[];
  readonly labelSpace: string;
  readonly preprocessing: Preprocessing;
  readonly idempotencyKey: string | null;
}

/**
 * `created` is false if an earlier request with the same key created the same model; then nothing is written.
 * @throws AppError CONFLICT when the key was used for another model.
 */
export async function createModel(
  { connection }: Transaction,
  input: NewModel,
): Promise<{ readonly id: string; readonly created: boolean }> {
  await lockWorkspace(connection, input.workspaceId);
  if (input.idempotencyKey !== null) {
    const earlier = await connection.model.findUnique({
      where: { workspaceId_idempotencyKey: { workspaceId: input.workspaceId, idempotencyKey: input.idempotencyKey } },
    });
    if (earlier !== null) {
      const isSame = input.file === null ? earlier.url === input.url : earlier.url === null && earlier.sha256 === input.file.sha256;
      if (!isSame || earlier.name !== input.name)
        throw new AppError("CONFLICT", "This idempotency key was already used for another model. Use a new key for a new model.", {
          field: "input.idempotencyKey",
        });
      return { id: earlier.id, created: false };
    }
  }
  const id = `model_${randomUUID().replaceAll("-", "").slice(0, 24)}`;
  const { labels, preprocessing, file, ...rest } = input;
  const { width, height, channels } = preprocessing;
  await connection.model.create({
    data: {
      id,
      slug: id,
      origin: "upload",
      state: "CHECKING",
      width,
      height,
      channels,
      labels: [...labels],
      preprocessing: { ...preprocessing } as Prisma.InputJsonObject,
      sha256: file?.sha256 ?? "",
      byteLength: file?.byteLength ?? null,
      ...rest,
    },
  });
  return { id, created: true };
}

/** Before a worker downloads the model's file or checks it again. False if a check is already running. */
export async function markModelChecking({ connection }: Transaction, id: string): Promise<boolean> {
  const { count } = await connection.model.updateMany({
    where: { id, state: { not: "CHECKING" } },
    data: { state: "CHECKING", refusal: null },
  });
  return count === 1;
}
