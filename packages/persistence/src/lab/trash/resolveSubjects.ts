/** Finds runs and experiments of a workspace by id or number, in the trash or not; those deleted from the trash are unknown. */
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** By id or by the number of its key. */
export type SubjectReference = { readonly id: string } | { readonly number: number };

export interface Subject {
  readonly id: string;
  readonly number: number;
}

async function resolve(
  references: readonly SubjectReference[],
  find: (where: { OR: ({ id: { in: string[] } } | { number: { in: number[] } })[] }) => Promise<Subject[]>,
): Promise<(Subject | null)[]> {
  const ids = references.flatMap((reference) => ("id" in reference ? [reference.id] : []));
  const numbers = references.flatMap((reference) => ("number" in reference ? [reference.number] : []));
  const rows = await find({ OR: [{ id: { in: ids } }, { number: { in: numbers } }] });
  return references.map(
    (reference) => rows.find((row) => ("id" in reference ? row.id === reference.id : row.number === reference.number)) ?? null,
  );
}

const select = { id: true, number: true } as const;

export function resolveRuns(
  connection: Connection,
  { scope: { workspaceId }, references }: { readonly scope: Scope; readonly references: readonly SubjectReference[] },
): Promise<(Subject | null)[]> {
  return resolve(references, (where) => connection.run.findMany({ where: { ...where, workspaceId, discardedAt: null }, select }));
}

export function resolveExperiments(
  connection: Connection,
  { scope: { workspaceId }, references }: { readonly scope: Scope; readonly references: readonly SubjectReference[] },
): Promise<(Subject | null)[]> {
  return resolve(references, (where) => connection.experiment.findMany({ where: { ...where, workspaceId, discardedAt: null }, select }));
}
