"use client";
/** The quotas of the workspace and its usage of them, polled. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { QuotasDocument } from "../../graphql/generated/graphql.ts";

const pollMilliseconds = 5_000;
const retryMilliseconds = 3_000;

export function useQuotas() {
  return useLiveQuery({ query: QuotasDocument, poll: pollMilliseconds, retryAfter: retryMilliseconds });
}
