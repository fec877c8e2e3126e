/** What a delivery is about, in words, at the time when its body is written. */
import type { Connection } from "../../server/database/database.ts";
import type { DeliveryFacts } from "./deliveryWork.ts";

export interface DeliverySubject {
  readonly type: "Run" | "Experiment" | "Sweep" | "Study";
  readonly id: string;
  /** Such as RUN-142. */
  readonly key: string;
  readonly name: string;
  readonly state: string | null;
}

/** Null for a test, and for what has been deleted meanwhile. */
export async function findSubjectOf(
  connection: Connection,
  { run, experiment, sweep, study }: DeliveryFacts,
): Promise<DeliverySubject | null> {
  const select = { id: true, number: true } as const;
  if (run != null) {
    const row = await connection.run.findUnique({ where: { id: run }, select: { ...select, name: true, state: true } });
    return row && { type: "Run", id: row.id, key: `RUN-${row.number}`, name: row.name, state: row.state };
  }
  if (experiment != null) {
    const row = await connection.experiment.findUnique({ where: { id: experiment }, select: { ...select, name: true } });
    return row && { type: "Experiment", id: row.id, key: `EXP-${row.number}`, name: row.name, state: null };
  }
  if (sweep != null) {
    const row = await connection.sweep.findUnique({ where: { id: sweep }, select: { ...select, name: true, state: true } });
    return row && { type: "Sweep", id: row.id, key: `SWP-${row.number}`, name: row.name, state: row.state };
  }
  if (study != null) {
    const row = await connection.study.findUnique({ where: { id: study }, select: { ...select, title: true, state: true } });
    return row && { type: "Study", id: row.id, key: `STU-${row.number}`, name: row.title, state: row.state };
  }
  return null;
}

export async function findNameOf(connection: Connection, userId: string | null | undefined): Promise<string | null> {
  if (userId == null) return null;
  return (await connection.user.findUnique({ where: { id: userId }, select: { name: true } }))?.name ?? null;
}
