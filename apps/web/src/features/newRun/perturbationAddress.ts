/** The attack form's own values in the page's address: the source image, the target class, and the bounds of each norm as typed. */
import type { Norm } from "../../graphql/generated/graphql.ts";
import { type AddressReader, quoteValue } from "../marks/addressProblems.ts";
import { isIndexOf } from "../marks/wholeNumber.ts";
import type { AddressValues } from "./formAddress.ts";
import { type AddressProblems, type ModelChoice, readModel } from "./methodAddress.ts";
import type { BoundsByNorm } from "./useBounds.ts";

export interface RequestedPerturbation {
  /** The ID of an image or a photo. */
  readonly source: string | null;
  /** The target class; null for any class except the image's own. */
  readonly target: number | null;
  readonly bounds: BoundsByNorm;
  readonly problems: AddressProblems;
}

const boundsNames = { LINF: "boundsLinf", L2: "boundsL2" } as const satisfies Record<Norm, string>;
const norms = Object.keys(boundsNames) as Norm[];

export function perturbationFromAddress(
  address: AddressReader,
  models: readonly (ModelChoice & { readonly labels: readonly string[] })[],
): RequestedPerturbation {
  const { id: modelId } = readModel(address, models);
  const labels = models.find(({ id }) => id === modelId)?.labels ?? [];
  const text = address.get("target") || null;
  const isValid = text === null || isIndexOf(text, labels.length);
  const message = `There is no class ${quoteValue(text ?? "")}; the target is any other class instead.`;
  const bounds = norms.flatMap((norm) => {
    const typed = address.get(boundsNames[norm]);
    return typed === null ? [] : [[norm, typed] as const];
  });
  return {
    source: address.get("source") || null,
    target: text !== null && isValid ? Number(text) : null,
    bounds: Object.fromEntries(bounds),
    problems: isValid ? {} : { target: { atField: message, atTop: message } },
  };
}

/** The address parameters that `perturbationFromAddress` reads; null omits a parameter. */
export function perturbationValues({ source, target, bounds }: Omit<RequestedPerturbation, "problems">): AddressValues {
  const boundsValues = norms.map((norm) => [boundsNames[norm], bounds[norm] ?? null] as const);
  return { source, target: target === null ? null : String(target), ...Object.fromEntries(boundsValues) };
}
