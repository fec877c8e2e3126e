/** Loads the row that a foreign key refers to. @throws AppError NOT_FOUND when it was deleted since. */
import { AppError } from "@pareidolia/core/appError";
import type DataLoader from "dataloader";

export async function loadExisting<Row>(loader: DataLoader<string, Row | null>, id: string): Promise<Row> {
  const row = await loader.load(id);
  if (row === null) throw new AppError("NOT_FOUND", "What this belongs to is gone.");
  return row;
}
