"use client";
/** The comparison on the page: what does not depend on the generation, the archives in the generation shown, and the replay. */
import { useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import { useDataOf } from "../../graphql/client/useDataOf.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  ComparedArchivesDocument,
  type ComparedArchivesQuery,
  RunComparisonDocument,
  type RunComparisonQuery,
} from "../../graphql/generated/graphql.ts";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { type ComparedNumbers, formatComparedRuns } from "./comparedRuns.ts";
import { classesParser, generationParser, offsetParser } from "./comparisonState.ts";

export type RunComparison = RunComparisonQuery["runComparison"];
export type ComparedArchives = ComparedArchivesQuery["runComparison"];

/** Rows of classes on a page of the grid. */
export const rowsOfPage = 20;
/** Four frames in a second: each loads the images of one generation. */
const frameMilliseconds = 250;
export const replaySpeeds = [1, 4, 16] as const;

export interface ComparisonReplay {
  /** Null shows the last generation. */
  readonly generation: number | null;
  readonly last: number;
  readonly playing: boolean;
  readonly speed: number;
  seek(generation: number | null): void;
  togglePlaying(): void;
  setSpeed(speed: number): void;
}

export function inputsOf(entries: readonly ComparedNumbers[]) {
  return entries.map((numbers) => ({ runIds: numbers.map((number) => `RUN-${number}`) }));
}

export function useComparison(entries: readonly ComparedNumbers[]) {
  const [generation, setGeneration] = useQueryState("gen", generationParser.withOptions({ history: "replace", throttleMs: 200 }));
  const [contains] = useQueryState("classes", classesParser);
  const [offset] = useQueryState("from", offsetParser);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(4);
  const input = inputsOf(entries);
  const isEmpty = entries.length === 0;
  const whole = useLiveQuery({
    query: RunComparisonDocument,
    variables: { entries: input },
    pause: isEmpty,
    poll: useFallbackPoll(),
  });
  useWorkspaceChanges(whole.data?.runComparison.entries.flatMap(({ runs }) => runs.map(({ id }) => id)) ?? [], whole.refetch);
  const comparison = whole.isPrevious ? undefined : whole.data?.runComparison;
  const last = comparison?.lastGeneration ?? -1;
  const shown = generation === null || generation >= last ? null : generation;
  const archives = useLiveQuery({
    query: ComparedArchivesDocument,
    variables: { entries: input, generation: last < 0 ? null : (shown ?? last), first: rowsOfPage, offset, contains },
    pause: isEmpty || comparison === undefined,
  });
  const shownArchives = useDataOf(formatComparedRuns(entries), archives);
  const loaded = archives.data !== undefined && !archives.isPrevious;
  useEffect(() => {
    if (!playing || !loaded) return;
    const next = (shown ?? last) + speed;
    const timer = setTimeout(() => {
      void setGeneration(next >= last ? null : next);
      if (next >= last) setPlaying(false);
    }, frameMilliseconds);
    return () => clearTimeout(timer);
  }, [playing, loaded, shown, last, speed, setGeneration]);
  const shownClasses = { first: rowsOfPage, offset, contains };
  const replay: ComparisonReplay = {
    generation: shown,
    last,
    playing,
    speed,
    seek: (next) => void setGeneration(next !== null && next >= last ? null : next),
    togglePlaying: () => {
      if (!playing && shown === null) void setGeneration(0);
      setPlaying(!playing);
    },
    setSpeed,
  };
  return {
    comparison,
    archives: shownArchives?.runComparison,
    error: whole.error,
    refetch: whole.refetch,
    archivesError: archives.error,
    refetchArchives: archives.refetch,
    replay,
    shownClasses,
  };
}
