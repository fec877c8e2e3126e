/** The ascent's form, filled with one configuration of a search: its complete values, and the run's model, framing, classes, starts, start image and seed. */
import type { FramingInput } from "../../graphql/generated/graphql.ts";
import { framingValues } from "../newRun/framing.ts";

interface Searched {
  readonly experiment: { readonly key: string };
  readonly model: { readonly slug: string };
  readonly preset: string;
  readonly seed: number;
  readonly parameters: unknown;
  readonly classes?: readonly number[] | null;
  readonly starts?: number | null;
  readonly source?: { readonly id: string } | null;
  readonly framing?: FramingInput | null;
}

export function ascendAddress(run: Searched, drawn: Readonly<Record<string, unknown>>): string {
  const given = typeof run.parameters === "object" && run.parameters !== null ? run.parameters : {};
  const values = new URLSearchParams({
    method: "ascend",
    model: run.model.slug,
    preset: run.preset,
    seed: String(run.seed),
    classes: (run.classes ?? []).join(","),
    starts: String(run.starts ?? 1),
    ...framingValues(run.framing),
    ...(run.source ? { source: run.source.id } : {}),
    parameters: JSON.stringify({ ...given, ...drawn }),
  });
  return `/experiments/${run.experiment.key}/new?${values}`;
}
