/** A model's second line in a list: input, classes, and what is still to be downloaded. */
import type { NewRunModelsQuery } from "../../graphql/generated/graphql.ts";

export type ModelChoice = NewRunModelsQuery["models"]["nodes"][number];

export function modelDetail({ width, height, labels, state, byteLength }: ModelChoice): string {
  const shape = `${width} × ${height}, ${labels.length.toLocaleString("en-GB")} classes`;
  if (state === "REFUSED") return `${shape}; refused, see Models`;
  if (state !== "NOT_DOWNLOADED") return shape;
  return `${shape}; downloads ${byteLength ? `${(byteLength / 1e6).toFixed(byteLength < 1e7 ? 1 : 0)} MB` : "its file"} first`;
}
