/** The runs and experiments that a member keeps at the top of their own lists. */
import { randomUUID } from "node:crypto";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";
import type { SubjectKind } from "../tracking/lockSubjects.ts";

export interface PinInput {
  readonly scope: Scope;
  readonly userId: string;
  readonly kind: SubjectKind;
  readonly id: string;
}

function columnsOf(kind: SubjectKind, id: string): { readonly runId: string } | { readonly experimentId: string } {
  return kind === "Run" ? { runId: id } : { experimentId: id };
}

/** Until the transaction ends, the member pins nothing else. */
export async function lockPins(connection: Connection, userId: string): Promise<void> {
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`pins ${userId}`}, 0))`;
}

/** A count that follows in the transaction is exact. */
export async function addPin(connection: Connection, { scope, userId, kind, id }: PinInput): Promise<void> {
  await lockPins(connection, userId);
  const row = { id: randomUUID(), workspaceId: scope.workspaceId, userId, ...columnsOf(kind, id) };
  await connection.pin.createMany({ data: [row], skipDuplicates: true });
}

export async function removePin(connection: Connection, { userId, kind, id }: PinInput): Promise<void> {
  await connection.pin.deleteMany({ where: { userId, ...columnsOf(kind, id) } });
}

export function countPins(connection: Connection, { scope, userId, kind }: Omit<PinInput, "id">): Promise<number> {
  const ofKind = kind === "Run" ? { runId: { not: null } } : { experimentId: { not: null } };
  return connection.pin.count({ where: { workspaceId: scope.workspaceId, userId, ...ofKind } });
}

/** Whether the user has pinned each of them. */
export async function findPinned(
  connection: Connection,
  { userId, kind, ids }: { readonly userId: string; readonly kind: SubjectKind; readonly ids: readonly string[] },
): Promise<boolean[]> {
  const among = { in: [...ids] };
  const rows = await connection.pin.findMany({
    where: { userId, ...(kind === "Run" ? { runId: among } : { experimentId: among }) },
    select: { runId: true, experimentId: true },
  });
  const pinned = new Set(rows.map(({ runId, experimentId }) => runId ?? experimentId));
  return ids.map((id) => pinned.has(id));
}
