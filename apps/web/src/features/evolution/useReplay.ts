"use client";
/** The film: which generation is shown (null is live), whether it plays, how fast, and the archive of that generation. */
import { useQueryState } from "nuqs";
import { useCallback, useEffect, useState } from "react";
import { useClient } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RunArchiveAtDocument, type TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";

/** Eight frames a second; a faster film skips generations and not frames. */
const frameMilliseconds = 125;
export const replaySpeeds = [1, 4, 16] as const;
type ReplaySpeed = (typeof replaySpeeds)[number];

export interface Replay {
  readonly generation: number | null;
  readonly last: number;
  /** Null while live, while the archive loads, and if it could not be loaded. */
  readonly elites: readonly TileEliteFragment[] | null;
  /** Why the archive could not be loaded. */
  readonly error: string | null;
  readonly playing: boolean;
  readonly speed: ReplaySpeed;
  seek(generation: number | null): void;
  togglePlaying(): void;
  setSpeed(speed: ReplaySpeed): void;
  /** Loads an archive again that could not be loaded. */
  retry(): void;
}

export function useReplay(runId: string, last: number): Replay {
  const client = useClient();
  const [asked, setAsked] = useQueryState("gen", parseAsWholeNumber.withOptions({ history: "replace", throttleMs: 200 }));
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<ReplaySpeed>(4);
  const generation = asked === null || last < 0 || asked >= last ? null : asked;
  const { data, error, fetching, refetch } = useLiveQuery({
    query: RunArchiveAtDocument,
    variables: { id: runId, generation: generation ?? 0 },
    pause: generation === null,
    requestPolicy: "cache-first",
    keepPrevious: false,
  });
  const elites = generation !== null && data?.node?.__typename === "EvolutionRun" ? data.node.archiveAt : null;
  const failure = generation !== null && elites === null && !fetching ? (error?.message ?? null) : null;

  const seek = useCallback((next: number | null) => void setAsked(next), [setAsked]);
  const togglePlaying = useCallback(() => {
    if (!playing && generation === null) seek(0);
    setPlaying(!playing);
  }, [playing, generation, seek]);

  const arrived = elites !== null;
  const failed = failure !== null;
  useEffect(() => {
    if (!playing) return;
    if (generation === null) {
      setPlaying(false);
      return;
    }
    if (failed) setPlaying(false);
    if (!arrived) return;
    const next = generation + speed;
    if (next < last) void client.query(RunArchiveAtDocument, { id: runId, generation: next }).toPromise();
    const timer = setTimeout(() => {
      seek(next >= last ? null : next);
      if (next >= last) setPlaying(false);
    }, frameMilliseconds);
    return () => clearTimeout(timer);
  }, [playing, generation, arrived, failed, speed, last, client, runId, seek]);

  return { generation, last, elites, error: failure, playing, speed, seek, togglePlaying, setSpeed, retry: refetch };
}
