/** Registers a network of a workspace that a worker has still to check. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { Transaction } from "../database/database.ts";
import type { Prisma } from "../generated/client.ts";

export interface NewModel {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly source: string;
  /** Of an upload; null of a file that a worker fetches from `url`. */
  readonly file: { readonly sha256: string; readonly byteLength: number } | null;
  /** From where it is fetched; null of an upload. */
  readonly url: string | null;
  readonly labels: readonly string[];
  readonly labelSpace: string;
  readonly preprocessing: Preprocessing;
  readonly idempotencyKey: string | null;
}

/**
 * `created` is false when the same key made this very model before; then nothing is written.
 * @throws AppError CONFLICT when the key was used for another model.
 */
export async function createModel(
  { connection }: Transaction,
  input: NewModel,
): Promise<{ readonly id: string; readonly created: boolean }> {
  // Two requests with one key come one after the other.
  await connection.$queryRaw`SELECT 1 FROM workspaces WHERE id = ${input.workspaceId} FOR UPDATE`;
  if (input.idempotencyKey !== null) {
    const earlier = await connection.model.findUnique({
      where: { workspaceId_idempotencyKey: { workspaceId: input.workspaceId, idempotencyKey: input.idempotencyKey } },
    });
    if (earlier !== null) {
      const isSame = input.file === null ? earlier.url === input.url : earlier.url === null && earlier.sha256 === input.file.sha256;
      if (!isSame || earlier.name !== input.name)
        throw new AppError("CONFLICT", "This idempotency key already registered another model. Take a new key for a new model.", {
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

/** A model whose file is to be fetched, or looked at once more. False when it is being checked already. */
export async function markModelChecking({ connection }: Transaction, id: string): Promise<boolean> {
  const { count } = await connection.model.updateMany({
    where: { id, state: { not: "CHECKING" } },
    data: { state: "CHECKING", refusal: null },
  });
  return count === 1;
}
