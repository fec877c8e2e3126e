/** Label of a value on a sweep's axis: the name of its model or photo, otherwise the value as text. */
import { type AxisValue, textOfValue } from "@pareidolia/core/sweep/sweepAxis";
import type { Loaders } from "../assembly/nounModule.ts";
import { parseReference, shortImageKey } from "../globalId/globalId.ts";

/** A model or photo that the reader no longer finds has its ID. */
export async function labelValue(
  path: string,
  value: AxisValue,
  { model, photo }: { readonly [Name in "model" | "photo"]: Pick<Loaders[Name], "load"> },
): Promise<string> {
  const text = textOfValue(value);
  if (path !== "modelId" && path !== "sourceId") return text;
  const reference = parseReference(text, "id");
  if (!("id" in reference)) return text;
  const { type, id } = reference;
  if (type === "Image") return shortImageKey(id);
  return (await (type === "Photo" ? photo : model).load(id))?.name ?? text;
}
