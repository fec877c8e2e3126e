/** How Postgres carries out the statements of a call. */

import { Prisma } from "@pareidolia/persistence/generated/client";
import type { Database } from "@pareidolia/persistence/server/database/database";

export interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** The nodes of each statement that the call sends as raw SQL. */
export async function explainAll(
  { connection }: Database,
  call: (connection: Database["connection"]) => Promise<unknown>,
): Promise<readonly (readonly PlanNode[])[]> {
  const sent: Prisma.Sql[] = [];
  const recording = new Proxy(connection, {
    get: (target, name) =>
      name === "$queryRaw"
        ? async (query: Prisma.Sql | TemplateStringsArray, ...values: readonly unknown[]) => {
            const statement = "raw" in query ? Prisma.sql(query, ...values) : query;
            sent.push(statement);
            return connection.$queryRaw(statement);
          }
        : Reflect.get(target, name),
  });
  await call(recording);
  return Promise.all(
    sent.map(async (statement) => {
      const [row] = await connection.$queryRaw<{ "QUERY PLAN": readonly { readonly Plan: PlanNode }[] }[]>(
        Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`,
      );
      return nodesOf(row?.["QUERY PLAN"][0]?.Plan as PlanNode);
    }),
  );
}

/** Tables of which workspaces have many rows. */
const largeTables = new Set(["elites", "genomes", "images", "scores", "workspace_images", "recognition"]);

/** Large tables that the statement reads as a whole. */
export function tablesScanned(plan: readonly PlanNode[]): string[] {
  const scans = plan.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"] ?? "");
  return scans.filter((table) => largeTables.has(table));
}

/** The most rows of a large table that a node reads, over all loops: those that it returns and those that its filter drops. */
export function maxRows(plan: readonly PlanNode[]): number {
  const large = plan.filter((node) => largeTables.has(node["Relation Name"] ?? ""));
  const rows = large.map((node) => (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]);
  return Math.max(0, ...rows);
}
