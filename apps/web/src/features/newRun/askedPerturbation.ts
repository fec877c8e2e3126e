/**
 * The address parameters of the attack form besides model, attack, preset and parameters: the image, the target, and the bounds as typed
 * for each norm.
 */
import type { Norm } from "../../graphql/generated/graphql.ts";
import { type AddressReader, quoteAsked } from "../marks/addressProblems.ts";
import { isIndexOf } from "../marks/wholeNumber.ts";
import { type AskedProblems, type ModelChoice, pickModel } from "./askedValues.ts";
import type { AddressValues } from "./formAddress.ts";
import type { TypedBounds } from "./useBounds.ts";

export interface AskedPerturbation {
  /** The id of an image or a photo. */
  readonly source: string | null;
  /** The target class; null for any class but the image's own. */
  readonly target: number | null;
  readonly bounds: TypedBounds;
  readonly problems: AskedProblems;
}

const boundNames = { LINF: "boundsLinf", L2: "boundsL2" } as const satisfies Record<Norm, string>;
const norms = Object.keys(boundNames) as Norm[];

export function askedPerturbation(
  asked: AddressReader,
  models: readonly (ModelChoice & { readonly labels: readonly string[] })[],
): AskedPerturbation {
  const { id: modelId } = pickModel(asked, models);
  const labels = models.find(({ id }) => id === modelId)?.labels ?? [];
  const text = asked.get("target") || null;
  const fits = text === null || isIndexOf(text, labels.length);
  const words = `There is no class ${quoteAsked(text ?? "")} here; any other class is the target instead.`;
  const typed = norms.flatMap((norm) => {
    const bounds = asked.get(boundNames[norm]);
    return bounds === null ? [] : [[norm, bounds] as const];
  });
  return {
    source: asked.get("source") || null,
    target: text !== null && fits ? Number(text) : null,
    bounds: Object.fromEntries(typed),
    problems: fits ? {} : { target: { atField: words, atTop: words } },
  };
}

/** The parameters that `askedPerturbation` reads; null omits one. */
export function perturbationValues({ source, target, bounds }: Omit<AskedPerturbation, "problems">): AddressValues {
  const typed = norms.map((norm) => [boundNames[norm], bounds[norm] ?? null] as const);
  return { source, target: target === null ? null : String(target), ...Object.fromEntries(typed) };
}
