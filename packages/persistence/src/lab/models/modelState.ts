/** Writes the result of a model's check. */

import type { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";

/** For a zoo model whose file was downloaded and opened. */
export async function markModelAvailable(connection: Connection, id: string): Promise<void> {
  await connection.model.updateMany({ where: { id, state: "NOT_DOWNLOADED" }, data: { state: "AVAILABLE" } });
}

export interface AcceptedModel {
  /** Of the checked file. */
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

/** `refusal` is a human-readable sentence. */
export async function refuseModel(connection: Connection, id: string, refusal: string): Promise<void> {
  await connection.model.updateMany({ where: { id }, data: { state: "REFUSED", refusal } });
}

/** For a zoo model whose download failed for now; the report has the reason. */
export async function postponeModel(connection: Connection, id: string, reason: string): Promise<void> {
  await connection.model.updateMany({ where: { id, state: "CHECKING" }, data: { state: "NOT_DOWNLOADED", report: { problem: reason } } });
}
