/** A model's state in words, with the size of a file that is not downloaded. */
import type { ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { formatBytes } from "./bytes.ts";

export function describeState({ state, byteLength }: Pick<ModelCardFragment, "state" | "byteLength">): string {
  if (state === "AVAILABLE") return "available";
  if (state === "CHECKING") return "being checked";
  if (state === "REFUSED") return "refused";
  return byteLength === null || byteLength === undefined ? "not downloaded" : `not downloaded, ${formatBytes(byteLength)}`;
}
