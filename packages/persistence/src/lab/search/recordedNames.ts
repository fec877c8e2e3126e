/** The names of the parameters and metrics of a workspace's runs. Each statement reads every run and metric of the workspace once. */
import { maxRecordedNameLength } from "@pareidolia/search/fields/recordedFields";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { isNotInTrash, liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface RecordedName {
  readonly source: "parameter" | "metric";
  readonly name: string;
  /** The number of runs that have it. */
  readonly runCount: number;
}

/**
 * The names with their runs, as a table `n`: a row for each run and name. OFFSET 0 keeps Postgres from reading all runs of all workspaces
 * with several processes instead of these by their index.
 */
const namesOfRuns = ({ workspaceId }: Scope): Prisma.Sql => Prisma.sql`(
  SELECT 'parameter'::text AS source, k.name
  FROM (SELECT r.parameters FROM ${liveRuns} r WHERE r.workspace_id = ${workspaceId} OFFSET 0) o
  CROSS JOIN LATERAL jsonb_object_keys(CASE WHEN jsonb_typeof(o.parameters) = 'object' THEN o.parameters ELSE '{}' END) AS k(name)
  UNION ALL
  SELECT 'metric'::text, x.name FROM run_metrics x WHERE x.workspace_id = ${workspaceId}
    AND ${isNotInTrash(Prisma.sql`x.run_id`, { workspaceId })}) n`;

/**
 * Those whose field contains a text, most frequent first.
 * @param pattern for the field, such as param.rate. @param except parameters that are left out.
 */
export function listRecordedNames(
  connection: Connection,
  {
    scope,
    pattern,
    except,
    most,
  }: { readonly scope: Scope; readonly pattern: string; readonly except: readonly string[]; readonly most: number },
): Promise<RecordedName[]> {
  // Counted first: runs share most names, so the tests are of few rows.
  return connection.$queryRaw<RecordedName[]>(Prisma.sql`
    SELECT c.source, c.name, c."runCount" FROM (
      SELECT n.source, n.name, count(*)::int AS "runCount" FROM ${namesOfRuns(scope)} GROUP BY 1, 2
    ) c WHERE length(c.name) BETWEEN 1 AND ${maxRecordedNameLength}::int
      AND CASE c.source WHEN 'metric' THEN 'metric.' ELSE 'param.' END || c.name ILIKE ${pattern}
      AND NOT (c.source = 'parameter' AND c.name = ANY (${[...except]}::text[]))
    ORDER BY 3 DESC, 2, 1 LIMIT ${most}::int`);
}

/** Which of some names runs have. */
export async function findRecordedNames(
  connection: Connection,
  { scope, parameters, metrics }: { readonly scope: Scope; readonly parameters: readonly string[]; readonly metrics: readonly string[] },
): Promise<{ readonly parameters: ReadonlySet<string>; readonly metrics: ReadonlySet<string> }> {
  const rows = await connection.$queryRaw<Pick<RecordedName, "source" | "name">[]>(Prisma.sql`
    SELECT DISTINCT n.source, n.name FROM ${namesOfRuns(scope)}
    WHERE n.name = ANY (CASE n.source WHEN 'metric' THEN ${[...metrics]}::text[] ELSE ${[...parameters]}::text[] END)`);
  const of = (wanted: RecordedName["source"]) => new Set(rows.flatMap(({ source, name }) => (source === wanted ? [name] : [])));
  return { parameters: of("parameter"), metrics: of("metric") };
}
