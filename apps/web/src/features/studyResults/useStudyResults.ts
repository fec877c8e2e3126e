"use client";
/** Loads a study, its plan and its computed results for a page, and loads them again as votes arrive. */
import type { ResultKindId } from "@pareidolia/perception/study/studyResults";
import { useMemo } from "react";
import type { CombinedError } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  PlanOfResultsDocument,
  StudyOfResultsDocument,
  type StudyOfResultsQuery,
  type StudyResultKind,
  StudyStatisticsDocument,
} from "../../graphql/generated/graphql.ts";
import { type PlanOfResults, readPlan } from "./planOfResults.ts";
import { type ResultsOfStudy, readResults } from "./readResults.ts";

export type StudyOfResults = Extract<NonNullable<StudyOfResultsQuery["node"]>, { __typename: "Study" }>;

const pollMilliseconds = 5_000;
const retryMilliseconds = 5_000;
/** Images from which the results are several megabytes. */
const manyImages = 5_000;
const pollManyMilliseconds = 30_000;

export type LoadedResults =
  | { readonly state: "loading" }
  | { readonly state: "missing" }
  | { readonly state: "failed"; readonly message: string; readonly retry: () => void }
  /** The sender may not read the results. */
  | { readonly state: "refused"; readonly study: StudyOfResults; readonly message: string }
  | { readonly state: "draft"; readonly study: StudyOfResults }
  | { readonly state: "damaged"; readonly study: StudyOfResults; readonly message: string }
  /** `results` is null before the first computation. */
  | { readonly state: "ready"; readonly study: StudyOfResults; readonly plan: PlanOfResults; readonly results: ResultsOfStudy | null };

const isStudy = (node: { __typename?: string } | null | undefined): boolean => node?.__typename === "Study";

/** Why the sender may not read what was asked; null for another problem or none. */
export function refusalOf(error: CombinedError | undefined): string | null {
  return error?.graphQLErrors.find(({ extensions }) => extensions["code"] === "FORBIDDEN")?.message ?? null;
}

export function useStudyResults(key: string, kinds: readonly ResultKindId[]): LoadedResults {
  const heading = useLiveQuery({
    query: StudyOfResultsDocument,
    variables: { key },
    poll: pollMilliseconds,
    retryAfter: retryMilliseconds,
    isFound: (data) => isStudy(data.node),
  });
  const study = heading.data?.node?.__typename === "Study" ? heading.data.node : undefined;
  const opened = study !== undefined && study.state !== "DRAFT";
  const planQuery = useLiveQuery({
    query: PlanOfResultsDocument,
    variables: { key },
    pause: !opened,
    requestPolicy: "cache-first",
    retryAfter: retryMilliseconds,
    // A researcher who votes in the study may read the plan afterwards.
    poll: (data) => (data?.node?.__typename === "Study" && data.node.planText === null ? pollMilliseconds : null),
  });
  const planText = planQuery.data?.node?.__typename === "Study" ? planQuery.data.node.planText : undefined;
  const plan = useMemo(() => tryReadPlan(planText), [planText]);
  const voteCount = study?.voteCount ?? 0;
  const computedAt = study?.resultsComputedAt ?? null;
  const readPlanned = plan != null && "plan" in plan ? plan.plan : null;
  // Without a plan, the request for results says why.
  const mayRead = opened && (readPlanned !== null || plan === null);
  const statistics = useLiveQuery({
    query: StudyStatisticsDocument,
    variables: { key, kinds: kinds.map((kind) => kind.toUpperCase() as StudyResultKind) },
    pause: !mayRead,
    retryAfter: retryMilliseconds,
    poll: (data) => {
      const stored = data?.node?.__typename === "Study" ? data.node.results : [];
      // New codes or scores change the results of the same votes.
      const isCurrent = (result: (typeof stored)[number]) =>
        result.voteCount === voteCount && (computedAt === null || result.computedAt >= computedAt);
      if (stored.length === kinds.length && stored.every(isCurrent)) return null;
      const images = readPlanned?.plan.rules.design.stimuli.length ?? 0;
      return images > manyImages ? pollManyMilliseconds : pollMilliseconds;
    },
  });
  const stored = statistics.data?.node?.__typename === "Study" ? statistics.data.node.results : undefined;
  const results = useMemo(() => (stored === undefined ? undefined : readResults(stored)), [stored]);

  if (heading.notFound) return { state: "missing" };
  if (study === undefined)
    return heading.error ? { state: "failed", message: heading.error.message, retry: heading.refetch } : { state: "loading" };
  if (!opened) return { state: "draft", study };
  const refusal = refusalOf(planQuery.error) ?? refusalOf(statistics.error);
  if (refusal !== null) return { state: "refused", study, message: refusal };
  if (plan != null && "problem" in plan) return { state: "damaged", study, message: plan.problem };
  const error = planQuery.error ?? statistics.error;
  if (plan == null || results === undefined) {
    const retry = () => (plan == null ? planQuery : statistics).refetch();
    return error ? { state: "failed", message: error.message, retry } : { state: "loading" };
  }
  return { state: "ready", study, plan: plan.plan, results };
}

/** Undefined while it loads; null for senders who may not read it. */
function tryReadPlan(planText: string | null | undefined): { plan: PlanOfResults } | { problem: string } | null | undefined {
  if (planText == null) return planText;
  try {
    return { plan: readPlan(planText) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
