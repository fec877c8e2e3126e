"use client";
/** The archive to show: that of the requested generation or, while it loads, the previous one. */
import { useRef } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import type { Replay } from "./useReplay.ts";

export interface ShownArchive {
  readonly elites: readonly TileEliteFragment[];
  /** The generation of `elites`; null without elites, if none were shown before or loading failed. */
  readonly generation: number | null;
  /** Whether the requested generation is loading. */
  readonly pending: boolean;
}

const noElites: readonly TileEliteFragment[] = [];

export function useShownArchive(replay: Replay, live: readonly TileEliteFragment[]): ShownArchive {
  const { generation, last, error } = replay;
  const previous = useRef<{ readonly elites: readonly TileEliteFragment[]; readonly generation: number } | null>(null);
  const elites = generation === null ? live : replay.elites;
  if (elites !== null) {
    previous.current = { elites, generation: generation ?? last };
    return { ...previous.current, pending: false };
  }
  if (error !== null || previous.current === null) return { elites: noElites, generation: null, pending: error === null };
  return { ...previous.current, pending: true };
}
