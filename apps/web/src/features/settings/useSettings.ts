"use client";
/** The workspace, the viewer and the counts of the tabs. Every settings page loads them. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SettingsDocument } from "../../graphql/generated/graphql.ts";

const pollMilliseconds = 5_000;
const retryMilliseconds = 3_000;

export function useSettings() {
  return useLiveQuery({ query: SettingsDocument, poll: pollMilliseconds, retryAfter: retryMilliseconds });
}
