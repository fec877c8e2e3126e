/** The SQL of a parameter, for a run `r` of any kind. */
import type { SearchField } from "@pareidolia/search/fields/field";
import { Prisma } from "../../generated/client.ts";
import { double, type FieldSql, flag, mixed, text } from "./fieldSql.ts";

/** A value of the type that the field has; one of another type, from an earlier version of its method, is missing. */
function readAs(type: SearchField["type"], json: Prisma.Sql): FieldSql {
  const kind = { number: "number", flag: "boolean" }[type as string] ?? "string";
  const read = Prisma.sql`CASE WHEN jsonb_typeof(${json}) = ${kind} THEN ${json} #>> '{}' END`;
  if (type === "number") return double(Prisma.sql`(${read})::double precision`);
  return type === "flag" ? flag(Prisma.sql`(${read})::boolean`) : text(read);
}

/**
 * A random search draws the parameter for each of its configurations: a condition holds if any of them satisfies it. Such a run has no
 * single value to sort or group by.
 */
export function parameterSql(name: string, type: SearchField["type"]): FieldSql {
  const own = Prisma.sql`(r.parameters->${name}::text)`;
  if (type === "mixed") return mixed(own);
  const isDrawn = Prisma.sql`coalesce((r.plan->'searched') ? ${name}::text, false)`;
  const ofRun = readAs(type, own);
  const ofConfiguration = readAs(type, Prisma.sql`(drawn.value->${name}::text)`);
  const configurations = Prisma.sql`jsonb_array_elements(CASE WHEN ${isDrawn} THEN r.plan->'configurations' END) AS drawn(value)`;
  return {
    ...ofRun,
    value: Prisma.sql`CASE WHEN NOT ${isDrawn} THEN ${ofRun.value} END`,
    some: (
      test,
    ) => Prisma.sql`CASE WHEN ${isDrawn} THEN EXISTS (SELECT FROM ${configurations} WHERE ${test(ofConfiguration.value as Prisma.Sql)})
      ELSE ${test(ofRun.value as Prisma.Sql)} END`,
  };
}
