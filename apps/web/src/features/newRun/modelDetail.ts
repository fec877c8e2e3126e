/** The second line of a model in a list: input, classes, and the size of its download if there is one. */
import type { NewRunModelsQuery } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";

export type ModelChoice = NewRunModelsQuery["models"]["nodes"][number] & {
  /** The retraining chain that trained the model. */
  readonly chain: { readonly id: string; readonly name: string } | null;
};

export function modelDetail({ width, height, labels, state, byteLength }: NewRunModelsQuery["models"]["nodes"][number]): string {
  const shape = `${width} × ${height}, ${formatCount(labels.length)} classes`;
  if (state === "REFUSED") return `${shape}; refused, see Models`;
  if (state !== "NOT_DOWNLOADED") return shape;
  return `${shape}; downloads ${byteLength ? `${(byteLength / 1e6).toFixed(byteLength < 1e7 ? 1 : 0)} MB` : "its file"} first`;
}
