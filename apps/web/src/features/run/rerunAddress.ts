/** The URL of the new-run form, prefilled with a run's values. The new run will name this run. */
import type { FramingInput } from "../../graphql/generated/graphql.ts";
import { framingValues } from "../newRun/framing.ts";

interface Repeatable {
  readonly key: string;
  readonly experiment: { readonly key: string };
  readonly model: { readonly slug: string };
  readonly encoding: string;
  readonly preset: string;
  readonly seed: number;
  readonly generations: number;
  readonly offspring: number;
  readonly parameters: unknown;
  readonly framing?: FramingInput | null;
}

export function rerunAddress(run: Repeatable): string {
  const parameters = new URLSearchParams({
    from: run.key,
    model: run.model.slug,
    encoding: run.encoding,
    preset: run.preset,
    seed: String(run.seed),
    generations: String(run.generations),
    offspring: String(run.offspring),
    ...framingValues(run.framing),
    parameters: JSON.stringify(run.parameters ?? {}),
  });
  return `/experiments/${run.experiment.key}/new?${parameters}`;
}
