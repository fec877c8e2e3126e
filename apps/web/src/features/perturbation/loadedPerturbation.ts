/** A perturbation with the fields that its page loads. */
import type { PerturbationPageQuery } from "../../graphql/generated/graphql.ts";

export type LoadedPerturbation = Extract<NonNullable<PerturbationPageQuery["node"]>, { readonly __typename: "Perturbation" }>;
