/** The attack's form, filled with the settings of one result: its attack, parameters, source, target and bound. */
import type { FramingInput, Norm } from "../../graphql/generated/graphql.ts";
import { framingValues } from "../newRun/framing.ts";

interface Perturbed {
  readonly bound?: number | null;
  readonly run: {
    readonly experiment: { readonly key: string };
    readonly model: { readonly slug: string };
    readonly method: string;
    readonly preset: string;
    readonly seed: number;
    readonly parameters: unknown;
    readonly norm?: Norm | null;
    readonly target?: number | null;
    readonly source?: { readonly id: string } | null;
    readonly framing?: FramingInput | null;
  };
}

const boundNames = { LINF: "boundsLinf", L2: "boundsL2" } as const satisfies Record<Norm, string>;

export function perturbAddress({ run, bound }: Perturbed): string {
  const values = new URLSearchParams({
    method: "perturb",
    model: run.model.slug,
    attack: run.method,
    preset: run.preset,
    seed: String(run.seed),
    ...(run.source ? { source: run.source.id } : {}),
    ...(typeof run.target === "number" ? { target: String(run.target) } : {}),
    // An empty text asks for no bounds: the attack's own.
    [boundNames[run.norm ?? "LINF"]]: typeof bound === "number" ? String(bound) : "",
    ...framingValues(run.framing),
    parameters: JSON.stringify(run.parameters ?? {}),
  });
  return `/experiments/${run.experiment.key}/new?${values}`;
}
