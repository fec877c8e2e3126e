/** The URL of the attack form, prefilled with a result's attack, parameters, source, crop, target and bound. */
import type { SourceCrop } from "@pareidolia/core/sourceCrop";
import type { FramingInput, Norm } from "../../graphql/generated/graphql.ts";
import { framingValues } from "../newRun/framing.ts";
import { perturbationValues } from "../newRun/perturbationAddress.ts";
import { cropValues } from "../newRun/useSourceCrop.ts";

interface Repeatable {
  readonly bound?: number | null;
  readonly run: {
    readonly key: string;
    readonly experiment: { readonly key: string };
    readonly model: { readonly slug: string };
    readonly method: string;
    readonly preset: string;
    readonly seed: number;
    readonly parameters: unknown;
    readonly norm?: Norm | null;
    readonly target?: number | null;
    readonly source?: { readonly id: string } | null;
    readonly sourceCrop?: SourceCrop | null;
    readonly framing?: FramingInput | null;
  };
}

export function perturbAddress({ run, bound }: Repeatable): string {
  const settings = {
    method: "perturb",
    from: run.key,
    model: run.model.slug,
    attack: run.method,
    preset: run.preset,
    seed: String(run.seed),
    ...perturbationValues({
      source: run.source?.id ?? null,
      target: run.target ?? null,
      // An empty text means no bounds, so that the attack's parameter applies.
      bounds: { [run.norm ?? "LINF"]: typeof bound === "number" ? String(bound) : "" },
    }),
    ...cropValues(run.sourceCrop ?? null),
    ...framingValues(run.framing),
    parameters: JSON.stringify(run.parameters ?? {}),
  };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(settings)) if (value !== null) parameters.set(name, value);
  return `/experiments/${run.experiment.key}/new?${parameters}`;
}
