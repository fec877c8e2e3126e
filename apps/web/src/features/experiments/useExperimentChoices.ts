"use client";
/** All experiments, to choose from. */
import { useEveryPage } from "../../graphql/client/useEveryPage.ts";
import { ExperimentChoicesDocument, type ExperimentChoicesQuery } from "../../graphql/generated/graphql.ts";

const listOf = ({ experiments }: ExperimentChoicesQuery) => experiments;

export function useExperimentChoices() {
  return useEveryPage(ExperimentChoicesDocument, {}, listOf);
}
