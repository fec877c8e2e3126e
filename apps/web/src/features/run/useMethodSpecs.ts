"use client";
/** The parameters that a run's method declares, in its own order; none before they are loaded, or of a method that is gone. */
import { useQuery } from "urql";
import { NewRunMethodsDocument, type NewRunMethodsQuery } from "../../graphql/generated/graphql.ts";

export type MethodSpec = NewRunMethodsQuery["ascents"][number]["parameters"][number];
const none: readonly MethodSpec[] = [];

export function useMethodSpecs(method: string | null | undefined): readonly MethodSpec[] {
  const [{ data }] = useQuery({ query: NewRunMethodsDocument });
  if (!data) return none;
  return [...data.ascents, ...data.attacks, ...data.chainRecipes].find(({ id }) => id === method)?.parameters ?? none;
}
