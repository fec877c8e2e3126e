/** Finds and ends checks of models that were lost with their workers. */
import type { Connection } from "../../server/database/database.ts";

const mostAtOnce = 100;

/** The oldest models in state CHECKING. */
export async function findModelsInCheck(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.model.findMany({
    where: { state: "CHECKING" },
    orderBy: { createdAt: "asc" },
    take: mostAtOnce,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Refuses a model whose check was lost. Does nothing if the check has ended meanwhile. */
export async function giveUpCheck(connection: Connection, id: string): Promise<void> {
  const refusal = "Its check was interrupted several times in a row. Check it again to try once more.";
  await connection.model.updateMany({ where: { id, state: "CHECKING" }, data: { state: "REFUSED", refusal } });
}
