/** The perturbation as its page's query loads it. */
import type { PerturbationPageQuery } from "../../graphql/generated/graphql.ts";

export type LoadedPerturbation = Extract<NonNullable<PerturbationPageQuery["node"]>, { readonly __typename: "Perturbation" }>;
