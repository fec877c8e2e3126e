/**
 * Compares the sealed columns of every row with the hashes that a trigger wrote with them (migration `sealed_columns`). A row of a network of
 * the product has no seals: its manifest is compared instead.
 */

import { Prisma } from "../generated/client.ts";
import type { Connection } from "../server/database/database.ts";
import { listColumns } from "./columnRegistry.ts";
import type { DerivedDifference } from "./derivedColumns.ts";

/** What a row of each table is called; its columns are those of `x`. */
const places: Readonly<Record<string, Prisma.Sql>> = {
  votes: Prisma.sql`'trial ' || x.trial || ' of voter ' || x.voter_id`,
  vote_revisions: Prisma.sql`'answer ' || x.revision || ' to trial ' || x.trial || ' of voter ' || x.voter_id`,
  study_images: Prisma.sql`'image ' || x.index || ' (' || lower(x.role::text) || ') of the study ' || x.study_id`,
  coded_texts: Prisma.sql`'text ' || x.number || ' of the study ' || x.study_id`,
  text_codes: Prisma.sql`'the code of coder ' || x.coder || ' for text ' || x.number || ' of the study ' || x.study_id`,
  text_decisions: Prisma.sql`'the decision on text ' || x.number || ' of the study ' || x.study_id`,
  norming_votes: Prisma.sql`'vote ' || x.round || ' of member ' || x.member || ' on image ' || x.place || ' of the room ' || x.room_id`,
  norming_comments: Prisma.sql`'comment ' || x.number || ' on image ' || x.place || ' of the room ' || x.room_id`,
  norming_decisions: Prisma.sql`'the decision on image ' || x.place || ' of the room ' || x.room_id`,
  imported_images: Prisma.sql`'image ' || x.index || ' of the run ' || x.run_id`,
  saved_comparisons: Prisma.sql`'CMP-' || x.number`,
  models: Prisma.sql`'the network ' || x.slug`,
};

function placeOf(table: string): Prisma.Sql {
  const place = places[table];
  if (place === undefined) throw new Error(`The sealed table ${table} has no name for its rows.`);
  return place;
}

/** Sealed columns by table. */
function sealedColumns(): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, string[]>();
  for (const { table, column, check } of listColumns()) if (check === "seal") tables.set(table, [...(tables.get(table) ?? []), column]);
  return tables;
}

const maxDifferences = 20;

/** `computed` is the hash of the column's value. */
export async function findBrokenSeals(connection: Connection): Promise<readonly DerivedDifference[]> {
  const found: DerivedDifference[] = [];
  for (const [table, columns] of sealedColumns())
    found.push(
      ...(await connection.$queryRaw<DerivedDifference[]>`
        SELECT ${table} || '.' || c.name AS "column", ${placeOf(table)} AS place, x.seals ->> c.name AS stored,
          own.seals ->> c.name AS computed
        FROM ${Prisma.raw(table)} x JOIN LATERAL (SELECT seals_of(x, ${columns}::text[]) AS seals OFFSET 0) own ON x.seals IS DISTINCT FROM own.seals
          CROSS JOIN unnest(${columns}::text[]) c (name)
        WHERE x.seals ->> c.name IS DISTINCT FROM own.seals ->> c.name
          ${table === "models" ? Prisma.sql`AND (x.origin <> 'zoo' OR x.seals <> '{}')` : Prisma.empty} LIMIT ${maxDifferences}`),
    );
  return found;
}
