/** The SQL of a property of plans, for a run `r` of any kind. */
import type { PlanPlace } from "@pareidolia/search/fields/field";
import { Prisma } from "../../generated/client.ts";
import { count, double, type FieldSql, list, text } from "./fieldSql.ts";

const jsonAt = (place: readonly string[]): Prisma.Sql => Prisma.sql`(r.plan #> ${[...place]}::text[])`;

/** The JSON that the run's kind has; null for other kinds. */
function byKind(places: readonly PlanPlace[]): Prisma.Sql {
  const cases = places.map(({ kind, place }) =>
    place === "sourceSha256" ? Prisma.sql`WHEN ${kind} THEN to_jsonb(r.source_sha256)` : Prisma.sql`WHEN ${kind} THEN ${jsonAt(place)}`,
  );
  return Prisma.sql`(CASE r.kind ${Prisma.join(cases, " ")} END)`;
}

const asNumber = (json: Prisma.Sql): FieldSql =>
  double(Prisma.sql`CASE WHEN jsonb_typeof(${json}) = 'number' THEN (${json} #>> '{}')::double precision END`);
const asText = (json: Prisma.Sql): FieldSql =>
  text(Prisma.sql`CASE WHEN jsonb_typeof(${json}) = 'string' THEN nullif(${json} #>> '{}', '') END`);

const readAs: Readonly<Record<PlanPlace["type"], (json: Prisma.Sql) => FieldSql>> = { number: asNumber, text: asText, list, count };

/** @param parameter the SQL of a parameter of the same name, which runs of other kinds have. */
export function planSql(places: readonly PlanPlace[], parameter: FieldSql | null): FieldSql {
  const [{ type }] = places as readonly [PlanPlace];
  const ofPlan = readAs[type](byKind(places));
  const { value } = ofPlan;
  if (parameter === null || value === null) return ofPlan;
  const some: FieldSql["some"] = (test) =>
    Prisma.sql`CASE WHEN ${value} IS NOT NULL THEN ${test(value)} ELSE ${parameter.some?.(test)} END`;
  return { ...ofPlan, value: Prisma.sql`coalesce(${value}, ${parameter.value})`, ...(parameter.some === undefined ? {} : { some }) };
}
