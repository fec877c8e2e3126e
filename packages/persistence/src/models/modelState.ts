/** A worker's word on a model: what its check found, or why it cannot be used. */
import type { Connection } from "../database/database.ts";
import type { Prisma } from "../generated/client.ts";

/** A zoo model whose file has just been had and opened. */
export async function markModelAvailable(connection: Connection, id: string): Promise<void> {
  await connection.model.updateMany({ where: { id, state: "NOT_DOWNLOADED" }, data: { state: "AVAILABLE" } });
}

export interface AcceptedModel {
  /** As its file was found to be: of one that was fetched, nobody knew before. */
  readonly sha256: string;
  readonly byteLength: number | null;
  readonly report: Readonly<Record<string, unknown>>;
}

export async function acceptModel(connection: Connection, id: string, { sha256, byteLength, report }: AcceptedModel): Promise<void> {
  await connection.model.updateMany({
    where: { id },
    data: { state: "AVAILABLE", refusal: null, sha256, byteLength, report: report as Prisma.InputJsonObject },
  });
}

/** `refusal` is a sentence for people. */
export async function refuseModel(connection: Connection, id: string, refusal: string): Promise<void> {
  await connection.model.updateMany({ where: { id }, data: { state: "REFUSED", refusal } });
}

/** A zoo model whose file could not be had just now; the report says why. */
export async function postponeModel(connection: Connection, id: string, reason: string): Promise<void> {
  await connection.model.updateMany({ where: { id, state: "CHECKING" }, data: { state: "NOT_DOWNLOADED", report: { problem: reason } } });
}
