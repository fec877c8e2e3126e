/**
 * A run's elites and statistics on its page: the loaded snapshot, updated by every later event. Updates are idempotent: a repeated, late or
 * overlapping event changes nothing, so a replay after a dropped connection is harmless.
 */
import type { StatisticsFragment, TileEliteFragment } from "../../graphql/generated/graphql.ts";

export interface FeedEvent {
  readonly seq: number;
  readonly createdAt: string;
  readonly run: { readonly state: string; readonly speed?: number | null };
  readonly statistics: readonly StatisticsFragment[];
  readonly elites: readonly TileEliteFragment[];
}

export interface RunFeed {
  readonly seq: number;
  /** At most one per niche, in order of niches. */
  readonly elites: readonly TileEliteFragment[];
  /** One row per generation, in order. */
  readonly statistics: readonly StatisticsFragment[];
  /** Evaluations per second at the last checkpoints, oldest first. */
  readonly speeds: readonly number[];
  readonly lastJumpAt: string | null;
}

export interface RunSnapshot {
  readonly eventSeq: number;
  readonly archive: readonly TileEliteFragment[];
  readonly statistics: readonly StatisticsFragment[];
}

const maxSpeeds = 60;

/** Whether `candidate` replaced `current`: elites of later generations replace earlier ones. */
function replaces(candidate: TileEliteFragment, current: TileEliteFragment): boolean {
  if (candidate.generation !== current.generation) return candidate.generation > current.generation;
  return candidate.storedConfidence >= current.storedConfidence;
}

function mergeElites(known: readonly TileEliteFragment[], arriving: readonly TileEliteFragment[]): readonly TileEliteFragment[] {
  if (arriving.length === 0) return known;
  const byNiche = new Map(known.map((elite) => [elite.niche, elite]));
  for (const elite of arriving) {
    const current = byNiche.get(elite.niche);
    if (!current || replaces(elite, current)) byNiche.set(elite.niche, elite);
  }
  return [...byNiche.values()].sort((a, b) => a.niche - b.niche);
}

function mergeStatistics(known: readonly StatisticsFragment[], arriving: readonly StatisticsFragment[]): readonly StatisticsFragment[] {
  if (arriving.length === 0) return known;
  const byGeneration = new Map(known.map((row) => [row.generation, row]));
  for (const row of arriving) byGeneration.set(row.generation, row);
  return [...byGeneration.values()].sort((a, b) => a.generation - b.generation);
}

export function startFeed(snapshot: RunSnapshot): RunFeed {
  return {
    seq: snapshot.eventSeq,
    elites: mergeElites([], snapshot.archive),
    statistics: mergeStatistics([], snapshot.statistics),
    speeds: [],
    lastJumpAt: null,
  };
}

export function foldRunEvent(feed: RunFeed, event: FeedEvent): RunFeed {
  const jumped = event.statistics.some((row) => row.jumps > 0);
  // Once the run has ended, its speed is a mean.
  const speed = event.run.state === "RUNNING" ? event.run.speed : null;
  return {
    seq: Math.max(feed.seq, event.seq),
    elites: mergeElites(feed.elites, event.elites),
    statistics: mergeStatistics(feed.statistics, event.statistics),
    speeds: typeof speed === "number" && event.seq > feed.seq ? [...feed.speeds, speed].slice(-maxSpeeds) : feed.speeds,
    lastJumpAt: jumped && event.seq > feed.seq ? event.createdAt : feed.lastJumpAt,
  };
}

/** Merges a later response for the whole run, such as the API's response after cached data. */
export function foldSnapshot(feed: RunFeed, snapshot: RunSnapshot): RunFeed {
  return {
    ...feed,
    seq: Math.max(feed.seq, snapshot.eventSeq),
    elites: mergeElites(feed.elites, snapshot.archive),
    statistics: mergeStatistics(feed.statistics, snapshot.statistics),
  };
}
