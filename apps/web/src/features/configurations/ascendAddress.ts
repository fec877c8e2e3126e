/** The address of the ascent form with the values of a configuration and the run's model, framing, classes, starts, start image, crop and seed. */
import type { SourceCrop } from "@pareidolia/core/sourceCrop";
import type { FramingInput } from "../../graphql/generated/graphql.ts";
import { framingValues } from "../newRun/framing.ts";
import { cropValues } from "../newRun/useSourceCrop.ts";

interface SearchRun {
  readonly key: string;
  readonly experiment: { readonly key: string };
  readonly model: { readonly slug: string };
  readonly preset: string;
  readonly seed: number;
  readonly parameters: unknown;
  readonly classes?: readonly number[] | null;
  readonly starts?: number | null;
  readonly source?: { readonly id: string } | null;
  readonly sourceCrop?: SourceCrop | null;
  readonly framing?: FramingInput | null;
}

export function ascendAddress(run: SearchRun, drawn: Readonly<Record<string, unknown>>): string {
  const runParameters = typeof run.parameters === "object" && run.parameters !== null ? run.parameters : {};
  const values = new URLSearchParams({
    method: "ascend",
    from: run.key,
    model: run.model.slug,
    preset: run.preset,
    seed: String(run.seed),
    classes: (run.classes ?? []).join(","),
    starts: String(run.starts ?? 1),
    ...framingValues(run.framing),
    ...(run.source ? { source: run.source.id } : {}),
    parameters: JSON.stringify({ ...runParameters, ...drawn }),
  });
  for (const [name, value] of Object.entries(cropValues(run.sourceCrop ?? null))) if (value !== null) values.set(name, value);
  return `/experiments/${run.experiment.key}/new?${values}`;
}
