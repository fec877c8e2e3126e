"use client";
/** All experiments, to choose from. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { ExperimentChoicesDocument, type ExperimentChoicesQuery } from "../../graphql/generated/graphql.ts";

const listOf = ({ experiments }: ExperimentChoicesQuery) => experiments;

export function useExperimentChoices() {
  return useAllPages(ExperimentChoicesDocument, {}, listOf);
}
