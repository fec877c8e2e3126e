"use client";
/** The replay of an archive: the generation shown (null is live), whether it plays, its speed, and the archive of that generation. */
import { useQueryState } from "nuqs";
import { useCallback, useEffect, useState } from "react";
import { useClient } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RunArchiveAtDocument, type TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";

/** 8 frames per second. Higher speeds skip generations instead of showing more frames. */
const frameMilliseconds = 125;
export const replaySpeeds = [1, 4, 16] as const;
type ReplaySpeed = (typeof replaySpeeds)[number];

export interface Replay {
  readonly generation: number | null;
  readonly last: number;
  /** Null if the archive is live, loading or could not be loaded. */
  readonly elites: readonly TileEliteFragment[] | null;
  /** The error if the archive could not be loaded. */
  readonly error: string | null;
  readonly playing: boolean;
  readonly speed: ReplaySpeed;
  seek(generation: number | null): void;
  togglePlaying(): void;
  setSpeed(speed: ReplaySpeed): void;
  /** Loads the archive again after an error. */
  retry(): void;
}

/** `first`: the first generation with an archive. */
export function useReplay(runId: string, { first, last }: { readonly first: number; readonly last: number }): Replay {
  const client = useClient();
  const [requested, setRequested] = useQueryState("gen", parseAsWholeNumber.withOptions({ history: "replace", throttleMs: 200 }));
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<ReplaySpeed>(4);
  const generation = requested === null || last < 0 || requested >= last ? null : Math.max(first, requested);
  const { data, error, fetching, refetch } = useLiveQuery({
    query: RunArchiveAtDocument,
    variables: { id: runId, generation: generation ?? 0 },
    pause: generation === null,
    requestPolicy: "cache-first",
    keepPrevious: false,
  });
  const elites = generation !== null && data?.node?.__typename === "EvolutionRun" ? data.node.archiveAt : null;
  const failure = generation !== null && elites === null && !fetching ? (error?.message ?? null) : null;

  const seek = useCallback((next: number | null) => void setRequested(next), [setRequested]);
  const togglePlaying = useCallback(() => {
    if (!playing && generation === null) seek(first);
    setPlaying(!playing);
  }, [playing, generation, first, seek]);

  const loaded = elites !== null;
  const failed = failure !== null;
  useEffect(() => {
    if (!playing) return;
    if (generation === null) {
      setPlaying(false);
      return;
    }
    if (failed) setPlaying(false);
    if (!loaded) return;
    const next = generation + speed;
    if (next < last) void client.query(RunArchiveAtDocument, { id: runId, generation: next }).toPromise();
    const timer = setTimeout(() => {
      seek(next >= last ? null : next);
      if (next >= last) setPlaying(false);
    }, frameMilliseconds);
    return () => clearTimeout(timer);
  }, [playing, generation, loaded, failed, speed, last, client, runId, seek]);

  return { generation, last, elites, error: failure, playing, speed, seek, togglePlaying, setSpeed, retry: refetch };
}
