/** Models whose check was lost: a worker that is killed over and over says nothing itself. */
import type { Connection } from "../database/database.ts";

const mostAtOnce = 100;

/** Models that are being checked, as their rows say. */
export async function findModelsInCheck(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.model.findMany({
    where: { state: "CHECKING" },
    orderBy: { createdAt: "asc" },
    take: mostAtOnce,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Ends a check that nobody is at any more. Does nothing where it has ended meanwhile. */
export async function giveUpCheck(connection: Connection, id: string): Promise<void> {
  const refusal = "Its check broke off several times in a row. Have it checked again to try once more.";
  await connection.model.updateMany({ where: { id, state: "CHECKING" }, data: { state: "REFUSED", refusal } });
}
