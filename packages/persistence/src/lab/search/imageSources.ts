/**
 * The tables of the gallery's images, each as rows with the same columns: FROM ${rows} g. Postgres merges such a source into the statement
 * that reads it, so that one text of conditions and orders uses the indices of each table.
 */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { ImageKind } from "@pareidolia/search/fields/imageFields";
import { Prisma } from "../../generated/client.ts";
import { liveRuns } from "../../server/scope/live.ts";

export interface ImageSource {
  readonly kind: ImageKind;
  readonly rows: Prisma.Sql;
  /** Whether a row `g` shows the image of the hash, by index. */
  isOfImage(sha256: Prisma.Sql): Prisma.Sql;
  /** Columns of `run_totals` whose sum is the number of a run's rows. */
  readonly total: Prisma.Sql;
  /** Whether indices have the rows of a network and a method in order. */
  readonly hasMethods: boolean;
}

/** The hash of the bytes of an image `g`. An elite's are its genome's, which a statement looks up for the rows that it returns. */
export const imageSha256 = Prisma.sql`coalesce(g.image_sha256, (SELECT n.image_sha256 FROM genomes n WHERE n.id = g.genome_id))`;

const fooling = Prisma.raw(`${foolingConfidence}`);
const bySha256 = (sha256: Prisma.Sql): Prisma.Sql => Prisma.sql`g.image_sha256 = ${sha256}`;

const elites = (condition: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT e.id, 'evolution'::text AS kind, e.run_id, e.workspace_id, e.model_id, e.method, e.niche AS class, e.stored_fitness AS confidence,
    e.created_at, e.generation, e.stored_fitness >= ${fooling} AS reached, e.replaced_at IS NOT NULL AS replaced, e.genome_id,
    NULL::text AS image_sha256
  FROM elites e ${condition})`;

const evolution = {
  kind: "evolution",
  isOfImage: (sha256: Prisma.Sql) => Prisma.sql`g.genome_id = ANY (ARRAY(SELECT n.id FROM genomes n WHERE n.image_sha256 = ${sha256}))`,
} as const;

/** Of a link of a chain: its network, which the image fools. */
const chains = Prisma.sql`(
  SELECT x.link_id || ':' || x.niche AS id, 'retraining'::text AS kind, l.run_id, r.workspace_id, coalesce(l.model_id, r.model_id) AS model_id,
    r.method, x.niche AS class, x.stored_confidence AS confidence, coalesce(l.ended_at, l.started_at, r.created_at) AS created_at,
    NULL::int AS generation, x.stored_confidence >= ${fooling} AS reached, false AS replaced, NULL::text AS genome_id, x.image_sha256
  FROM chain_elites x JOIN chain_links l ON l.id = x.link_id JOIN ${liveRuns} r ON r.id = l.run_id)`;

const others: readonly ImageSource[] = [
  {
    kind: "ascent",
    rows: Prisma.sql`(
      SELECT t.id, 'ascent'::text AS kind, t.run_id, t.workspace_id, t.model_id, t.method, t.class, t.stored_confidence AS confidence,
        t.created_at, NULL::int AS generation, t.stored_confidence >= ${fooling} AS reached, false AS replaced, NULL::text AS genome_id,
        t.image_sha256
      FROM trajectories t)`,
    isOfImage: bySha256,
    total: Prisma.sql`trajectories`,
    hasMethods: false,
  },
  {
    kind: "perturbation",
    rows: Prisma.sql`(
      SELECT p.id, 'perturbation'::text AS kind, p.run_id, p.workspace_id, p.model_id, p.method, p.stored_class AS class,
        p.stored_confidence AS confidence, p.created_at, NULL::int AS generation, p.success AS reached, false AS replaced,
        NULL::text AS genome_id, p.image_sha256
      FROM perturbations p)`,
    isOfImage: bySha256,
    total: Prisma.sql`perturbations`,
    hasMethods: false,
  },
  { kind: "retraining", rows: chains, isOfImage: bySha256, total: Prisma.sql`none`, hasMethods: false },
];

/** Of evolutions, the elites that hold their niches. */
export const currentImages: readonly ImageSource[] = [
  {
    ...evolution,
    rows: elites(Prisma.sql`WHERE e.replaced_at IS NULL`),
    total: Prisma.sql`current_elites`,
    hasMethods: true,
  },
  ...others,
];

/** Also the elites that other elites have replaced. */
export const allImages: readonly ImageSource[] = [
  { ...evolution, rows: elites(Prisma.empty), total: Prisma.sql`elites`, hasMethods: false },
  ...others,
];
