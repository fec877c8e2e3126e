"use client";
/** The parameters that a run's method declares, in its order; empty while they load and for a method that no longer exists. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewRunMethodsDocument, type NewRunMethodsQuery } from "../../graphql/generated/graphql.ts";

export type MethodSpec = NewRunMethodsQuery["ascents"][number]["parameters"][number];
const none: readonly MethodSpec[] = [];

export function useMethodSpecs(method: string | null | undefined): readonly MethodSpec[] {
  const { data } = useLiveQuery({ query: NewRunMethodsDocument, requestPolicy: "cache-first" });
  if (!data) return none;
  return [...data.ascents, ...data.attacks, ...data.chainRecipes].find(({ id }) => id === method)?.parameters ?? none;
}
