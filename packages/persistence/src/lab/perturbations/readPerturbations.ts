/** Reads the results of attacks. */
import type { SearchedClass } from "@pareidolia/core/searchedClass";
import { Prisma } from "../../generated/client.ts";
import type { CountRequest } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { ExperimentScope, Scope } from "../../server/scope/scope.ts";
import { runsWithin, type SharedRow, sharingOfRun } from "../../server/scope/sharing.ts";
import { imageOfRow, readImageOfRow, type WithRawImage } from "../images/imageOfRow.ts";
import type { ImageRecord } from "../images/readImages.ts";
import { labelledImages } from "../recognition/labelledImages.ts";
import {
  countResults,
  listResults,
  type OwnConditions,
  type ResultListFilter,
  type ResultListOrder,
  type ResultTable,
  resultOrders,
} from "../results/resultLists.ts";
import { sumTotals } from "../runs/sumTotals.ts";

export interface PerturbationRecord extends SharedRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly runId: string;
  readonly index: number;
  readonly bound: number | null;
  readonly success: boolean;
  readonly steps: number;
  readonly linf: number;
  readonly l2: number;
  readonly l0: number;
  readonly originalSha256: string;
  readonly originalClass: number;
  readonly originalLabel: string;
  readonly originalConfidence: number;
  readonly storedClass: number;
  readonly storedLabel: string;
  readonly storedConfidence: number;
  readonly storedTargetConfidence: number | null;
  /** Of the stored result, in the original's class. */
  readonly storedOriginalConfidence: number;
  /** During the attack, on float pixels, in `searchedClass`. */
  readonly confidence: number;
  /** The target or, without one, the original's class. */
  readonly searchedClass: SearchedClass;
  readonly image: ImageRecord;
  readonly createdAt: Date;
}

export interface PerturbationListFilter extends ResultListFilter {
  readonly success?: boolean | undefined;
}

interface RawPerturbation extends WithRawImage<Omit<PerturbationRecord, "storedOriginalConfidence" | "searchedClass">> {
  /** float32, little endian. */
  readonly storedOriginalBytes: Uint8Array;
  readonly target: number | null;
  readonly targetLabel: string | null;
}

function toPerturbation({ storedOriginalBytes, target, targetLabel, ...row }: RawPerturbation): PerturbationRecord {
  const { originalClass, originalLabel, storedTargetConfidence, confidence: search } = row;
  const { buffer, byteOffset } = storedOriginalBytes;
  const isSame = row.storedClass === originalClass;
  const storedOriginalConfidence = isSame ? row.storedConfidence : new DataView(buffer, byteOffset, 4).getFloat32(0, true);
  return {
    ...readImageOfRow(row),
    storedOriginalConfidence,
    searchedClass:
      target === null || storedTargetConfidence === null
        ? { class: originalClass, label: originalLabel, search, stored: storedOriginalConfidence }
        : { class: target, label: targetLabel ?? String(target), search, stored: storedTargetConfidence },
  };
}

/** The inner join to scores loses no rows: each result was scored in the transaction that wrote it. */
const scored = Prisma.sql`JOIN scores s ON s.image_sha256 = p.image_sha256 AND s.model_id = r.model_id`;
const joins = Prisma.sql`JOIN ${liveRuns} r ON r.id = p.run_id JOIN models m ON m.id = r.model_id ${scored}`;
const from = Prisma.sql`${labelledImages.perturbation.from} ${scored}`;

const columns = Prisma.sql`
  SELECT p.id, r.workspace_id AS "workspaceId", r.created_by_id AS "createdById", ${sharingOfRun}, p.run_id AS "runId", p.index, p.bound, p.success, p.steps, p.linf, p.l2, p.l0,
    p.original_sha256 AS "originalSha256", p.original_class AS "originalClass",
    coalesce(m.labels[p.original_class + 1], p.original_class::text) AS "originalLabel", p.original_confidence AS "originalConfidence",
    p.stored_class AS "storedClass", coalesce(m.labels[p.stored_class + 1], p.stored_class::text) AS "storedLabel",
    p.stored_confidence AS "storedConfidence", p.stored_target_confidence AS "storedTargetConfidence", p.confidence,
    (r.plan->>'target')::int AS target, m.labels[(r.plan->>'target')::int + 1] AS "targetLabel",
    substring(s.probabilities FROM p.original_class * 4 + 1 FOR 4) AS "storedOriginalBytes", ${imageOfRow(labelledImages.perturbation.imageSha256)}, p.created_at AS "createdAt"`;
const select = Prisma.sql`${columns} ${from}`;

interface RunInScope {
  readonly scope: Scope | ExperimentScope;
  readonly runId: string;
}

function ofRun({ scope, runId }: RunInScope): Prisma.Sql[] {
  return [Prisma.sql`p.run_id = ${runId}`, runsWithin(scope)];
}

export function listPerturbations(connection: Connection, input: RunInScope & { page: PageRequest }): Promise<Page<PerturbationRecord>> {
  return selectPage<RawPerturbation, PerturbationRecord>(connection, {
    select,
    conditions: ofRun(input),
    ordering: { columns: [{ sql: Prisma.sql`p.index`, type: "integer" }], direction: "ASC" },
    page: input.page,
    toRow: toPerturbation,
    positionOf: (row) => [row.index],
  });
}

export function countPerturbations(request: CountRequest, run: RunInScope): Promise<number> {
  return sumTotals(request, "perturbations", run);
}

const table: ResultTable<RawPerturbation, PerturbationRecord> = {
  name: Prisma.sql`perturbations`,
  images: labelledImages.perturbation,
  columns,
  from,
  lookUps: joins,
  orders: resultOrders("p"),
  toRow: toPerturbation,
  imageSha256Of: ({ image }) => image.sha256,
};

interface PerturbationList {
  readonly filter: PerturbationListFilter;
  readonly order: ResultListOrder;
}

function ownConditions({ success }: PerturbationListFilter): OwnConditions {
  if (success === undefined) return { total: "perturbations" };
  return { conditions: [Prisma.sql`p.success = ${success}`], total: success ? "successes" : null };
}

/** Across all runs of a workspace. */
export function listPerturbationResults(
  connection: Connection,
  list: PerturbationList & { readonly page: PageRequest },
): Promise<Page<PerturbationRecord>> {
  return listResults(connection, table, list, ownConditions(list.filter));
}

export function countPerturbationResults(request: CountRequest, list: PerturbationList): Promise<number> {
  return countResults(request, table, list, ownConditions(list.filter));
}

export async function findPerturbations(connection: Connection, ids: readonly string[]): Promise<(PerturbationRecord | null)[]> {
  const rows = await connection.$queryRaw<RawPerturbation[]>(Prisma.sql`${select} WHERE p.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows.map(toPerturbation), (row) => row.id);
}
