/** Reads elites with their labels and images, a page in one statement. */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import { Prisma } from "../../generated/client.ts";
import type { CountRequest } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf, inOrderOf } from "../../server/database/inOrderOf.ts";
import type { Page, PageRequest } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { type SharedRow, sharingOfRun } from "../../server/scope/sharing.ts";
import type { ImageRecord } from "../images/readImages.ts";
import { labelledImages } from "../recognition/labelledImages.ts";
import { countLabelled, type LabelledOrder, type LabelledTable, listLabelled } from "../recognition/listLabelled.ts";
import { type EliteListFilter, ownConditionsOf } from "./eliteConditions.ts";
import { countEliteRows, findEliteRows } from "./eliteRows.ts";

export interface EliteRecord extends SharedRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly runId: string;
  readonly genomeId: string;
  readonly niche: number;
  readonly label: string;
  readonly generation: number;
  readonly replacedAt: number | null;
  readonly fitness: number;
  readonly storedFitness: number;
  readonly createdAt: Date;
  readonly image: ImageRecord;
}

type OwnOrder = "storedFitness" | "createdAt";
export type EliteListOrder = LabelledOrder<OwnOrder>;

interface RawElite extends Omit<EliteRecord, "image"> {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly byteLength: number;
  readonly imageCreatedAt: Date;
}

function toElite({ sha256, width, height, channels, byteLength, imageCreatedAt, ...elite }: RawElite): EliteRecord {
  return { ...elite, image: { sha256, width, height, channels, byteLength, createdAt: imageCreatedAt } };
}

const from = Prisma.sql`${labelledImages.elite.from} JOIN images i ON i.sha256 = g.image_sha256`;
/** OFFSET 0 makes Postgres look up the genomes and images of the elites by index, not read whole tables. */
const lookUps = Prisma.sql`JOIN ${liveRuns} r ON r.id = e.run_id JOIN models m ON m.id = r.model_id
  CROSS JOIN LATERAL (SELECT g.image_sha256 FROM genomes g WHERE g.id = e.genome_id OFFSET 0) AS g
  CROSS JOIN LATERAL (SELECT * FROM images i WHERE i.sha256 = g.image_sha256 OFFSET 0) AS i`;

const selectColumns = Prisma.sql`
  SELECT e.id, e.workspace_id AS "workspaceId", r.created_by_id AS "createdById", ${sharingOfRun}, e.run_id AS "runId", e.genome_id AS "genomeId", e.niche,
    coalesce(m.labels[e.niche + 1], e.niche::text) AS label, e.generation, e.replaced_at AS "replacedAt", e.fitness,
    e.stored_fitness AS "storedFitness", e.created_at AS "createdAt", i.sha256, i.width, i.height, i.channels,
    i.byte_length AS "byteLength", i.created_at AS "imageCreatedAt"`;
const selectChosen = Prisma.sql`${selectColumns} FROM elites e ${lookUps}`;

const table: LabelledTable<OwnOrder, RawElite, EliteRecord> = {
  images: labelledImages.elite,
  columns: selectColumns,
  from,
  lookUps,
  orders: {
    storedFitness: { sql: Prisma.sql`e.stored_fitness`, type: "double precision" },
    createdAt: { sql: Prisma.sql`e.created_at`, type: "timestamptz" },
  },
  toRow: toElite,
  imageSha256Of: ({ image }) => image.sha256,
};

interface EliteList {
  readonly filter: EliteListFilter;
  readonly order: EliteListOrder;
}

const labelledList = ({ filter, order }: EliteList) => ({ people: filter, conditions: ownConditionsOf(filter), order });

export function listElites(connection: Connection, list: EliteList & { readonly page: PageRequest }): Promise<Page<EliteRecord>> {
  const { filter, page } = list;
  return listLabelled(connection, table, {
    ...labelledList(list),
    page,
    startAt: (field) => findEliteRows(connection, filter, field),
  });
}

export function countElites(request: CountRequest, list: EliteList): Promise<number> {
  return countLabelled(request, table, { ...labelledList(list), count: (asked) => countEliteRows(asked, list.filter) });
}

export async function findElites(connection: Connection, ids: readonly string[]): Promise<(EliteRecord | null)[]> {
  const rows = await connection.$queryRaw<RawElite[]>(Prisma.sql`${selectChosen} WHERE e.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows.map(toElite), (row) => row.id);
}

/** The current elites of each run, by niche. */
export async function findArchives(connection: Connection, runIds: readonly string[]): Promise<EliteRecord[][]> {
  const rows = await connection.$queryRaw<RawElite[]>(
    Prisma.sql`${selectChosen} WHERE e.run_id = ANY (${[...runIds]}) AND e.replaced_at IS NULL ORDER BY e.niche`,
  );
  return groupInOrderOf(runIds, rows.map(toElite), (row) => row.runId);
}

/** The archive after `generation`, by niche. */
export async function findArchiveAt(connection: Connection, input: { runId: string; generation: number }): Promise<EliteRecord[]> {
  const rows = await connection.$queryRaw<RawElite[]>(
    Prisma.sql`${selectChosen} WHERE e.run_id = ${input.runId} AND e.generation <= ${input.generation}
      AND (e.replaced_at IS NULL OR e.replaced_at > ${input.generation}) ORDER BY e.niche`,
  );
  return rows.map(toElite);
}

/** Each model's first fooling elite in the workspace, or null. Their index has this bound. */
export async function findFirstFooled(
  connection: Connection,
  input: { scope: Scope; modelIds: readonly string[] },
): Promise<(EliteRecord | null)[]> {
  const rows = await connection.$queryRaw<(RawElite & { modelId: string })[]>(
    Prisma.sql`${selectColumns}, model.id AS "modelId" FROM unnest(${[...input.modelIds]}::text[]) AS model(id) CROSS JOIN LATERAL (
      SELECT * FROM elites e WHERE e.workspace_id = ${input.scope.workspaceId} AND e.model_id = model.id AND e.stored_fitness >= ${Prisma.raw(`${foolingConfidence}`)}
      ORDER BY e.created_at, e.generation, e.niche, e.id LIMIT 1) AS e ${lookUps}`,
  );
  const byModel = new Map(rows.map(({ modelId, ...raw }) => [modelId, toElite(raw)]));
  return input.modelIds.map((id) => byModel.get(id) ?? null);
}

/** The current elites of one niche in several runs, by run number. */
export async function findElitesOfNiche(
  connection: Connection,
  input: { runIds: readonly string[]; niche: number },
): Promise<EliteRecord[]> {
  const rows = await connection.$queryRaw<RawElite[]>(
    Prisma.sql`${selectChosen} WHERE e.run_id = ANY (${[...input.runIds]}) AND e.niche = ${input.niche} AND e.replaced_at IS NULL ORDER BY r.number`,
  );
  return rows.map(toElite);
}
