"use client";
/** The film: which generation is shown (null is live), whether it plays, how fast, and the archive of that generation. */
import { useQueryState } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient, useQuery } from "urql";
import { RunArchiveAtDocument, type TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";

/** Eight frames a second; a faster film skips generations and not frames. */
const frameMilliseconds = 125;
export const replaySpeeds = [1, 4, 16] as const;
type ReplaySpeed = (typeof replaySpeeds)[number];

export interface Replay {
  readonly generation: number | null;
  readonly last: number;
  readonly elites: readonly TileEliteFragment[] | null;
  readonly playing: boolean;
  readonly speed: ReplaySpeed;
  seek(generation: number | null): void;
  togglePlaying(): void;
  setSpeed(speed: ReplaySpeed): void;
}

export function useReplay(runId: string, last: number): Replay {
  const client = useClient();
  const [asked, setAsked] = useQueryState("gen", parseAsWholeNumber.withOptions({ history: "replace", throttleMs: 200 }));
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<ReplaySpeed>(4);
  const generation = asked === null || last < 0 || asked >= last ? null : asked;
  const [{ data }] = useQuery({
    query: RunArchiveAtDocument,
    variables: { id: runId, generation: generation ?? 0 },
    pause: generation === null,
  });
  const kept = useRef<readonly TileEliteFragment[] | null>(null);
  const arrived = data?.node?.__typename === "Run" ? data.node.archiveAt : null;
  if (arrived) kept.current = arrived;
  if (generation === null) kept.current = null;

  const seek = useCallback((next: number | null) => void setAsked(next), [setAsked]);
  const togglePlaying = useCallback(() => {
    if (!playing && generation === null) seek(0);
    setPlaying(!playing);
  }, [playing, generation, seek]);

  useEffect(() => {
    if (!playing) return;
    if (generation === null) {
      setPlaying(false);
      return;
    }
    const next = generation + speed;
    if (next < last) void client.query(RunArchiveAtDocument, { id: runId, generation: next }).toPromise();
    const timer = setTimeout(() => {
      seek(next >= last ? null : next);
      if (next >= last) setPlaying(false);
    }, frameMilliseconds);
    return () => clearTimeout(timer);
  }, [playing, generation, speed, last, client, runId, seek]);

  return { generation, last, elites: generation === null ? null : kept.current, playing, speed, seek, togglePlaying, setSpeed };
}
