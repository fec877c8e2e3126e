"use client";
/** The number of runs that a view finds, in its tab. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RunCountDocument } from "../../graphql/generated/graphql.ts";
import { formatTotal } from "../marks/numbers.ts";

const pollMilliseconds = 30_000;

export function RunCount({ search, experimentId }: { readonly search: string; readonly experimentId: string | null }) {
  const { data, error } = useLiveQuery({ query: RunCountDocument, variables: { search, experimentId }, poll: pollMilliseconds });
  // A search with a mistake has no count; the view says so when it is open.
  return data === undefined || error !== undefined ? null : (
    <span className="n12">{formatTotal(data.runs.totalCount, data.runs.totalCountIsCapped)}</span>
  );
}
