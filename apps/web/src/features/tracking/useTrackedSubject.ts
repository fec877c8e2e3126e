"use client";
/** What members have written about a run or an experiment, kept up to date with the changes of other members. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type DraftOwnerFragment, TrackedSubjectDocument, type TrackedSubjectQuery } from "../../graphql/generated/graphql.ts";
import { isRun } from "../../graphql/runTypes.ts";
import type { DraftOwner } from "../drafts/draftStore.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import type { Tracked } from "./subject.ts";

function subjectOf(node: TrackedSubjectQuery["node"]): (Tracked & { readonly notes: string }) | null {
  if (node?.__typename === "Experiment") return node;
  return isRun(node) ? node : null;
}

export function draftOwnerOf({ user, workspace }: DraftOwnerFragment): DraftOwner {
  return { userId: user.id, workspaceId: workspace.id };
}

/** @param id null loads nothing yet. */
export function useTrackedSubject(id: string | null) {
  const variables = { id: id ?? "" };
  const { data, error, refetch } = useLiveQuery({ query: TrackedSubjectDocument, variables, retryAfter: 4_000, pause: id === null });
  useWorkspaceChanges(id === null ? [] : [id], refetch);
  const subject = data === undefined ? null : subjectOf(data.node);
  return {
    subject,
    /** Null without a subject. */
    owner: data === undefined ? null : draftOwnerOf(data.viewer),
    isLoading: id !== null && data === undefined && error === undefined,
  };
}
