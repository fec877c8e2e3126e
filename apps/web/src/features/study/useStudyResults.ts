"use client";
/** The computed statistics of a study, of one kind each; loaded again while people vote. */
import { parseResult, type ResultKindId, type StudyResult } from "@pareidolia/perception/study/studyResults";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type StudyOnPageFragment, type StudyResultKind, StudyResultsDocument } from "../../graphql/generated/graphql.ts";

const pollMilliseconds = 5_000;

interface ComputedResult<Id extends ResultKindId> {
  readonly result: StudyResult<Id>;
  /** Number of votes that it covers. */
  readonly voteCount: number;
  readonly computedAt: string;
}

export interface StudyResults {
  /** Null before it is computed, or if this page does not know its version. */
  find<Id extends ResultKindId>(kind: Id): ComputedResult<Id> | null;
  readonly isLoaded: boolean;
  readonly error: string | null;
  readonly refetch: () => void;
}

export function useStudyResults(study: StudyOnPageFragment, kinds: readonly ResultKindId[]): StudyResults {
  const { data, error, refetch } = useLiveQuery({
    query: StudyResultsDocument,
    variables: { id: study.id, kinds: kinds.map((kind) => kind.toUpperCase() as StudyResultKind) },
    poll: study.state === "ARCHIVED" ? null : pollMilliseconds,
  });
  const rows = data?.node?.__typename === "Study" ? data.node.results : [];
  return {
    find: (kind) => {
      const row = rows.find((each) => each.kind === kind.toUpperCase());
      if (row === undefined) return null;
      try {
        return { result: parseResult(kind, row.result), voteCount: row.voteCount, computedAt: row.computedAt };
      } catch {
        return null;
      }
    },
    isLoaded: data !== undefined,
    error: error?.message ?? null,
    refetch,
  };
}
