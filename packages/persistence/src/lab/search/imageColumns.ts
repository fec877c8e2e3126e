/** The SQL of each searchable property of an image `g` of the gallery. Every field of `search/fields/imageFields` is here. */
import type { SearchField } from "@pareidolia/search/fields/field";
import { isOnlyOfRun } from "@pareidolia/search/fields/imageFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { Prisma } from "../../generated/client.ts";
import { closedStudiesOf } from "../recognition/closedStudies.ts";
import { compileSearch, type Dialect } from "./compileSearch.ts";
import { double, type FieldSql, flag, integer, type SearchReader, type Test, text, time } from "./fieldSql.ts";
import { imageSha256 } from "./imageSources.ts";
import { runDialect } from "./runColumns.ts";
import { fromRuns } from "./searchRuns.ts";

/** Networks and their classes, for conditions on the label. */
export const selectClasses = ({ scope }: SearchReader, test: Test): Prisma.Sql => Prisma.sql`
  SELECT c.id AS model_id, label.number::int - 1 AS class FROM models c CROSS JOIN unnest(c.labels) WITH ORDINALITY AS label(name, number)
  WHERE (c.workspace_id IS NULL OR c.workspace_id = ${scope.workspaceId}) AND ${test(Prisma.sql`label.name`)}`;

const className = Prisma.sql`(SELECT coalesce(c.labels[g.class + 1], g.class::text) FROM models c WHERE c.id = g.model_id)`;

/** Whether a study that is closed to the reader shows the bytes. */
export const isHidden = (reader: SearchReader, sha256: Prisma.Sql): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM (${closedStudiesOf(reader)}) closed JOIN study_images i ON i.study_id = closed.id
  WHERE i.image_sha256 = ${sha256} AND i.role = 'COUNTED')`;

/** The share that recognises the label, as the index of `recognition` has it, of rows with `hasShare`. */
export const recognisedShare = Prisma.sql`(greatest(0, recognition.recognised::double precision / nullif(recognition.corrected_votes, 0)))`;

export const hasShare = Prisma.sql`recognition.corrected_votes > 0`;

/** The row of `recognition` about the image `g` and its label. + 0 keeps Postgres from also reading an index of classes. */
export const isAboutImage = Prisma.sql`recognition.workspace_id = g.workspace_id AND recognition.label = g.class + 0
  AND recognition.label_space = (SELECT c.label_space FROM models c WHERE c.id = g.model_id)`;

/** What people say: none for readers who may not read it, and of images that a study closed to the reader shows. */
function said(reader: SearchReader, value: Prisma.Sql, type: Prisma.Sql): Prisma.Sql {
  if (reader.readsRecognition !== true) return Prisma.sql`NULL::${type}`;
  return Prisma.sql`(SELECT ${value} FROM recognition WHERE recognition.image_sha256 = ${imageSha256} AND ${isAboutImage}
    AND NOT ${isHidden(reader, Prisma.sql`recognition.image_sha256`)})`;
}

const columns: Readonly<Record<string, (reader: SearchReader) => FieldSql>> = {
  kind: () => text(Prisma.sql`g.kind`),
  method: () => text(Prisma.sql`g.method`),
  encoding: () => text(Prisma.sql`CASE WHEN g.kind = 'evolution' THEN g.method END`),
  model: () => ({
    ...text(Prisma.sql`(SELECT c.name FROM models c WHERE c.id = g.model_id)`),
    some: (test) => Prisma.sql`g.model_id IN (SELECT c.id FROM models c WHERE ${test(Prisma.sql`c.name`)} OR ${test(Prisma.sql`c.slug`)})`,
  }),
  class: (reader) => ({
    ...text(className),
    some: (test) => Prisma.sql`(g.model_id, g.class) IN (${selectClasses(reader, test)})`,
  }),
  confidence: () => ({ ...double(Prisma.sql`g.confidence`), isNeverNull: true }),
  reached: () => flag(Prisma.sql`g.reached`),
  created: () => ({ ...time(Prisma.sql`g.created_at`), isNeverNull: true }),
  generation: () => integer(Prisma.sql`g.generation`),
  replaced: () => flag(Prisma.sql`g.replaced`),
  recognised: (reader) => double(said(reader, Prisma.sql`CASE WHEN ${hasShare} THEN ${recognisedShare} END`, Prisma.sql`double precision`)),
  votes: (reader) => integer(said(reader, Prisma.sql`recognition.votes`, Prisma.sql`int`)),
};

/** @throws Error for a field without SQL; a test compiles every field. */
export function imageSqlOf(field: SearchField, reader: SearchReader): FieldSql {
  const column = columns[field.name];
  if (column === undefined) throw new Error(`The field ${field.name} of images has no SQL.`);
  return column(reader);
}

/** Runs of the reader's workspace that satisfy a condition on `r`. */
export const selectRuns = ({ scope }: SearchReader, condition: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT r.id ${fromRuns} WHERE r.workspace_id = ${scope.workspaceId} AND ${condition}`;

/** A comparison of a field that only runs have selects the runs once, and not for each image. */
export function imageDialect(reader: SearchReader): Dialect {
  const ofRuns = runDialect(reader);
  const isOfRun = (condition: Prisma.Sql) => Prisma.sql`coalesce(g.run_id IN (${selectRuns(reader, condition)}), false)`;
  return {
    reader,
    sqlOf: (field) => imageSqlOf(field, reader),
    compareElsewhere: (comparison) => {
      const field = isOnlyOfRun(comparison.field) ? runFields.find(comparison.field.name) : null;
      return field === null ? null : isOfRun(compileSearch({ ...comparison, field }, ofRuns));
    },
    // As found in runs, or in the label.
    containsText: (pattern) => Prisma.sql`(${isOfRun(ofRuns.containsText(pattern))}
      OR coalesce((g.model_id, g.class) IN (${selectClasses(reader, (name) => Prisma.sql`${name} ILIKE ${pattern}`)}), false))`,
  };
}
