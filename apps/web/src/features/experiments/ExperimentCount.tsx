"use client";
/** The number of experiments that a view finds, in its tab. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ExperimentCountDocument } from "../../graphql/generated/graphql.ts";
import { formatTotal } from "../marks/numbers.ts";

const pollMilliseconds = 30_000;

export function ExperimentCount({ search }: { readonly search: string }) {
  const { data, error } = useLiveQuery({ query: ExperimentCountDocument, variables: { search }, poll: pollMilliseconds });
  // A search with a mistake has no count; the view says so when it is open.
  return data === undefined || error !== undefined ? null : (
    <span className="n12">{formatTotal(data.experiments.totalCount, data.experiments.totalCountIsCapped)}</span>
  );
}
