/** Loads the row that a foreign key references. @throws AppError NOT_FOUND if it has been deleted in the meantime. */
import { AppError } from "@pareidolia/core/appError";
import type DataLoader from "dataloader";

export async function loadExisting<Row>(loader: DataLoader<string, Row | null>, id: string): Promise<Row> {
  const row = await loader.load(id);
  if (row === null) throw new AppError("NOT_FOUND", "A related object no longer exists.");
  return row;
}
