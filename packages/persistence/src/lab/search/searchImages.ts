/**
 * Lists the images of the gallery: of all kinds of runs in one order. Each table yields its own page by an index, and the first rows of these
 * pages are the page; only then are runs, networks and images looked up.
 */
import { type CheckedSearch, mentions } from "@pareidolia/search/checkedSearch";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import {
  type OrderingColumn,
  type Page,
  type PagePart,
  type PageRequest,
  type Position,
  selectPageOf,
  whereAll,
} from "../../server/database/keyset.ts";
import { isOfLiveRun, liveRuns } from "../../server/scope/live.ts";
import { type SharedRow, sharingOfRun } from "../../server/scope/sharing.ts";
import { imageOfRow, readImageOfRow, type WithRawImage } from "../images/imageOfRow.ts";
import type { ImageRecord } from "../images/readImages.ts";
import { compareInIndex, type PeopleOrderField, peopleOrdering } from "../recognition/peopleConditions.ts";
import { compileSearch } from "./compileSearch.ts";
import type { SearchReader } from "./fieldSql.ts";
import { hasShare, imageDialect, imageSqlOf, isAboutImage, isHidden } from "./imageColumns.ts";
import { allImages, currentImages, type ImageSource, imageSha256 } from "./imageSources.ts";
import { findStarts, startRows } from "./imageStarts.ts";
import { type ColumnOrder, positionTypes, sortKey } from "./sortedPage.ts";

export interface GalleryImageRecord extends SharedRow {
  /** Of the elite, trajectory or perturbation; of a chain's image, its link and niche. */
  readonly id: string;
  readonly kind: ImageSource["kind"];
  readonly workspaceId: string;
  readonly createdById: string;
  readonly runId: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly class: number;
  readonly label: string;
  readonly confidence: number;
  readonly reached: boolean;
  readonly replaced: boolean;
  readonly generation: number | null;
  readonly createdAt: Date;
  readonly image: ImageRecord;
}

export interface ImageSearch {
  readonly reader: SearchReader;
  /** Null matches every image. */
  readonly search: CheckedSearch | null;
  /** Only these elites, replaced ones too. */
  readonly eliteIds?: readonly string[] | undefined;
}

const peopleFields: Readonly<Record<string, PeopleOrderField>> = { recognised: "share", votes: "votes" };

function sourcesOf({ search, eliteIds }: ImageSearch): readonly ImageSource[] {
  if (eliteIds !== undefined) return allImages.filter(({ kind }) => kind === "evolution");
  return mentions(search, "replaced") ? allImages : currentImages;
}

/** Conditions for a row `g`: of the workspace, live, and found. */
function conditionsOf({ reader, search, eliteIds }: ImageSearch): Prisma.Sql[] {
  const conditions = [Prisma.sql`g.workspace_id = ${reader.scope.workspaceId}`, isOfLiveRun(Prisma.sql`g.run_id`)];
  if (eliteIds !== undefined) conditions.push(Prisma.sql`g.id = ANY (${[...eliteIds]})`);
  if (search !== null) conditions.push(compileSearch(search, imageDialect(reader)));
  return conditions;
}

/** The types of a position in the list. A list in the order of people's votes has only images with votes. */
export function imagePositionTypes(order: ColumnOrder, reader: SearchReader): readonly OrderingColumn["type"][] {
  const people = peopleFields[order.field.name];
  if (people !== undefined) return peopleOrdering(people, order.direction).columns.map(({ type }) => type);
  return positionTypes(order.field, imageSqlOf(order.field, reader));
}

/** Rows that people's votes order, from the index of `recognition`: the row of it, and the image as `shown`. */
function rowsByPeople(input: ImageSearch, source: ImageSource, people: PeopleOrderField): Prisma.Sql {
  const { reader } = input;
  const own = [source.isOfImage(Prisma.sql`recognition.image_sha256`), isAboutImage, ...conditionsOf(input)];
  const conditions = [
    Prisma.sql`recognition.workspace_id = ${reader.scope.workspaceId}`,
    people === "votes" ? Prisma.sql`recognition.votes > 0` : hasShare,
    Prisma.sql`NOT ${isHidden(reader, Prisma.sql`recognition.image_sha256`)}`,
  ];
  return Prisma.sql`SELECT shown.*, recognition.votes, recognition.recognised, recognition.corrected_votes FROM recognition
    CROSS JOIN LATERAL (SELECT g.id, g.kind, g.run_id, g.model_id, g.class, g.confidence, g.created_at, g.generation, g.reached, g.replaced,
      recognition.image_sha256 FROM ${source.rows} g ${whereAll(own)} OFFSET 0) shown ${whereAll(conditions)}`;
}

/** Images `g` with their runs, networks and bytes. */
const lookUps = Prisma.sql`JOIN ${liveRuns} r ON r.id = g.run_id JOIN models m ON m.id = g.model_id`;
const shownColumns = Prisma.sql`g.id, g.kind, r.workspace_id AS "workspaceId", r.created_by_id AS "createdById", ${sharingOfRun}, g.run_id AS "runId",
  g.model_id AS "modelId", m.name AS "modelName", g.class, coalesce(m.labels[g.class + 1], g.class::text) AS label, g.confidence, g.reached,
  g.replaced, g.generation, g.created_at AS "createdAt"`;

interface Raw extends WithRawImage<GalleryImageRecord> {
  readonly said: number | null;
}

interface Ordered {
  readonly row: GalleryImageRecord;
  readonly said: number | null;
}

const union = (parts: readonly Prisma.Sql[]): Prisma.Sql =>
  Prisma.join(
    parts.map((part) => Prisma.sql`(${part})`),
    " UNION ALL ",
  );

function listByPeople(
  connection: Connection,
  input: ImageSearch & { readonly page: PageRequest },
  people: PeopleOrderField,
  order: ColumnOrder,
) {
  const ordering = peopleOrdering(people, order.direction);
  const statement = (part: PagePart): Prisma.Sql => {
    const parts = sourcesOf(input).map(
      (source) => Prisma.sql`SELECT * FROM (${rowsByPeople(input, source, people)} ${andAll(part.conditions)} ${part.order}) AS part`,
    );
    return Prisma.sql`SELECT ${shownColumns}, ${imageOfRow(Prisma.sql`g.image_sha256`)}, ${ordering.columns[0]?.sql} AS said
      FROM (${union(parts)}) AS g CROSS JOIN LATERAL (SELECT g.votes, g.recognised, g.corrected_votes, g.image_sha256) AS recognition
      CROSS JOIN LATERAL (SELECT g.id) AS shown ${lookUps} ${part.order}`;
  };
  return selectPageOf<Raw, Ordered>(connection, {
    statement,
    ordering,
    page: input.page,
    toRow: ({ said, ...raw }) => ({ row: readImageOfRow(raw), said }),
    positionOf: ({ row, said }) => [said ?? 0, row.image.sha256, row.id],
    compareTo: (operator, position) => compareInIndex(people, operator, position),
  });
}

const andAll = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join([...conditions], " AND ")}`;

export async function listSearchedImages(
  connection: Connection,
  input: ImageSearch & { readonly order: ColumnOrder; readonly page: PageRequest },
): Promise<Page<GalleryImageRecord>> {
  const { order, page, reader } = input;
  const people = peopleFields[order.field.name];
  if (people !== undefined) return withoutOrder(await listByPeople(connection, input, people, order));
  const key = sortKey({ ...order.field, direction: order.direction }, imageSqlOf(order.field, reader), Prisma.sql`g.id`);
  const conditions = conditionsOf(input);
  const sources = sourcesOf(input);
  const starts = await findStarts(connection, { ...input, sources, byConfidence: order.field.name === "confidence" });
  const statement = (part: PagePart): Prisma.Sql => {
    const parts = sources.map((source) => startRows(source, starts(source), { ...part, conditions: [...conditions, ...part.conditions] }));
    return Prisma.sql`SELECT ${shownColumns}, ${imageOfRow(imageSha256)} FROM (
      SELECT * FROM (${union(parts)}) AS g ${part.order}) AS g ${lookUps} ${part.order}`;
  };
  const placed = await selectPageOf<Raw, Ordered>(connection, {
    statement,
    ordering: key.ordering,
    page,
    toRow: (raw) => ({ row: readImageOfRow(raw), said: null }),
    positionOf: ({ row }): Position => key.positionOf(order.field.name === "confidence" ? row.confidence : row.createdAt, row.id),
  });
  return withoutOrder(placed);
}

const withoutOrder = ({ rows, ...page }: Page<Ordered>): Page<GalleryImageRecord> => ({
  ...page,
  rows: rows.map(({ node, position }) => ({ node: node.row, position })),
});

/** Totals of runs give the count of a list without conditions. */
export async function countSearchedImages(request: CountRequest, input: ImageSearch & { readonly order: ColumnOrder }): Promise<number> {
  const { connection, most } = request;
  const people = peopleFields[input.order.field.name];
  const { workspaceId } = input.reader.scope;
  if (people === undefined && input.search === null && input.eliteIds === undefined) {
    const [found] = await connection.$queryRaw<{ count: number }[]>(Prisma.sql`SELECT (
      (SELECT coalesce(sum(o.current_elites + o.trajectories + o.perturbations), 0) FROM ${liveRuns} r JOIN run_totals o ON o.run_id = r.id
        WHERE r.workspace_id = ${workspaceId})
      + (SELECT count(*) FROM chain_elites x JOIN chain_links l ON l.id = x.link_id JOIN ${liveRuns} r ON r.id = l.run_id
        WHERE r.workspace_id = ${workspaceId}))::float8 AS count`);
    return found?.count ?? 0;
  }
  const limit = most === null ? Prisma.empty : Prisma.sql`LIMIT ${most + 1}`;
  const sources = sourcesOf(input);
  const starts = people === undefined ? await findStarts(connection, { ...input, sources, byConfidence: false }) : null;
  const conditions = conditionsOf(input);
  const parts = sources.map((source) => {
    const rows =
      people === undefined && starts !== null
        ? startRows(source, starts(source), { conditions, order: limit })
        : Prisma.sql`${rowsByPeople(input, source, people ?? "votes")} ${limit}`;
    return Prisma.sql`SELECT 1 FROM (${rows}) AS part`;
  });
  return countRows(request, Prisma.sql`FROM (${union(parts)}) AS g`, []);
}
