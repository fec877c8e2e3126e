"use client";
/** All experiments, as the options of a filter. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { ExperimentChoicesDocument, type ExperimentChoicesQuery } from "../../graphql/generated/graphql.ts";

const experimentsOf = ({ experiments }: ExperimentChoicesQuery) => experiments;

export function useExperimentChoices() {
  return useAllPages(ExperimentChoicesDocument, {}, experimentsOf);
}
