/** The address of the new-run form, filled in with a sweep: fields of the method, axes, seeds and rules. */
import type { FramingInput } from "../../graphql/generated/graphql.ts";
import { ascentValues } from "../newRun/ascentAddress.ts";
import type { AddressValues } from "../newRun/formAddress.ts";
import { framingValues } from "../newRun/framing.ts";
import type { NewRunMethod } from "../newRun/newRunMethods.ts";
import { perturbationValues } from "../newRun/perturbationAddress.ts";
import { cropValues } from "../newRun/useSourceCrop.ts";
import type { SweepKind } from "../newRun/useSweepForm.ts";
import type { SweepOnPage } from "./sweepOnPage.ts";

/** The input of `startEvolution` and its like without what the start adds, as the API stores it: absent fields are absent or null. */
interface Base {
  readonly modelId?: string;
  readonly encoding?: string;
  readonly ascent?: string | null;
  readonly attack?: string;
  readonly preset?: string;
  readonly generations?: number;
  readonly offspring?: number | null;
  readonly classes?: readonly number[] | null;
  readonly starts?: number | null;
  readonly sourceId?: string | null;
  readonly sourceCrop?: { readonly x: number; readonly y: number; readonly size: number } | null;
  readonly target?: number | null;
  readonly bounds?: readonly number[] | null;
  readonly name?: string;
  readonly dataset?: string;
  readonly iterations?: number;
  readonly framing?: FramingInput | null;
  readonly parameters?: object | null;
}

interface SweepFormOfKind {
  readonly method: NewRunMethod;
  values(base: Base): AddressValues;
}

const numberText = (value: number | null | undefined): string | null => (value == null ? null : String(value));

const forms: Readonly<Record<SweepKind, SweepFormOfKind>> = {
  evolution: {
    method: "evolve",
    values: ({ encoding, generations, offspring }) => ({
      encoding: encoding ?? null,
      generations: numberText(generations),
      offspring: numberText(offspring),
    }),
  },
  ascent: {
    method: "ascend",
    values: ({ ascent, classes, starts, sourceId, sourceCrop }) => {
      const own = { classes: classes ?? null, starts: String(starts ?? 1), source: sourceId ?? null };
      // A sweep takes the place of a random search.
      const { search: _, configurations: __, ...values } = ascentValues({ ...own, settings: "these", configurations: "", drawn: null });
      return { ascent: ascent ?? null, ...values, ...cropValues(sourceCrop ?? null) };
    },
  },
  perturbation: {
    method: "perturb",
    values: ({ attack, sourceId, sourceCrop, target, bounds }) => {
      // All points have these bounds, whatever the norm of their attack. Without bounds, the parameter of the attack applies.
      const text = (bounds ?? []).join(" ");
      return {
        attack: attack ?? null,
        ...perturbationValues({ source: sourceId ?? null, target: target ?? null, bounds: { LINF: text, L2: text } }),
        ...cropValues(sourceCrop ?? null),
      };
    },
  },
  retraining: {
    method: "retrain",
    values: ({ dataset, name, iterations }) => ({ dataset: dataset ?? null, name: name ?? null, iterations: numberText(iterations) }),
  },
};

type Sweep = Pick<SweepOnPage, "kind" | "axes" | "seeds" | "base" | "earlyStopping" | "sampler" | "pointCount" | "experiment">;

/** The IDs of all models of a sweep, that of its base first. */
export function modelIdsOf({ base, axes }: Pick<Sweep, "base" | "axes">): readonly string[] {
  const { modelId } = base as Base;
  const varied = axes.flatMap(({ path, values }) => (path === "modelId" ? (values as readonly string[]) : []));
  return [...new Set([...(modelId === undefined ? [] : [modelId]), ...varied])];
}

/** @param slugs The short name of each model by its ID; a model that is missing leaves its field to the user. */
export function formAddressOf(sweep: Sweep, slugs: ReadonlyMap<string, string>): string {
  const { axes, seeds } = sweep;
  const base = sweep.base as Base;
  const { plateauGenerations, plateauDelta, medianAfter, halving } = sweep.earlyStopping;
  const form = forms[sweep.kind as SweepKind];
  const settings: AddressValues = {
    method: form.method,
    sweep: "on",
    model: slugs.get(base.modelId ?? "") ?? null,
    preset: base.preset ?? null,
    seed: String(seeds[0] ?? 1),
    ...form.values(base),
    ...framingValues(base.framing),
    parameters: base.parameters == null ? null : JSON.stringify(base.parameters),
    axes: JSON.stringify(axes.map((axis) => [axis.path, textOfAxis(axis, slugs)])),
    replicates: String(seeds.length),
    samples: sweep.sampler === "RANDOM" ? String(sweep.pointCount) : null,
    plateau: numberText(plateauGenerations),
    delta: plateauGenerations == null ? null : numberText(plateauDelta),
    median: numberText(medianAfter),
    rung: numberText(halving?.minimum),
    eta: numberText(halving?.eta),
  };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(settings)) if (value !== null) parameters.set(name, value);
  return `/experiments/${sweep.experiment.key}/new?${parameters}`;
}

/** As `parseAxisText` reads it. */
function textOfAxis({ path, values }: Sweep["axes"][number], slugs: ReadonlyMap<string, string>): string {
  const each = values as readonly unknown[];
  if (path === "modelId") return each.flatMap((id) => slugs.get(String(id)) ?? []).join(", ");
  const isOfLists = each.some((value) => Array.isArray(value));
  return each.map((value) => (Array.isArray(value) ? value.join(" ") : String(value))).join(isOfLists ? "; " : ", ");
}

/** Seeds that the form cannot have, since it counts up from the first; null if it can. */
export function changedSeeds(seeds: readonly number[]): string | null {
  const [first = 1] = seeds;
  if (seeds.every((seed, i) => seed === first + i)) return null;
  return `The form counts seeds up from the first: ${first} to ${first + seeds.length - 1} in place of ${seeds.join(", ")}.`;
}
