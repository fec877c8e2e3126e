"use client";
/** Whose images stand in the archive: those of the generation asked for or, until they are here, of the last that stood there. */
import { useRef } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import type { Replay } from "./useReplay.ts";

export interface ShownArchive {
  readonly elites: readonly TileEliteFragment[];
  /** Theirs; null where there are none, since nothing stood there before or what was asked for failed. */
  readonly generation: number | null;
  /** Whether those asked for are on their way. */
  readonly pending: boolean;
}

const nothing: readonly TileEliteFragment[] = [];

export function useShownArchive(replay: Replay, live: readonly TileEliteFragment[]): ShownArchive {
  const { generation, last, error } = replay;
  const before = useRef<{ readonly elites: readonly TileEliteFragment[]; readonly generation: number } | null>(null);
  const elites = generation === null ? live : replay.elites;
  if (elites !== null) {
    before.current = { elites, generation: generation ?? last };
    return { ...before.current, pending: false };
  }
  if (error !== null || before.current === null) return { elites: nothing, generation: null, pending: error === null };
  return { ...before.current, pending: true };
}
