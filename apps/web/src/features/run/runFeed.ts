/**
 * What a page knows of a run: the state when it asked, folded with every event since. Folding is like the archive itself: an event that
 * comes twice, late or overlapping changes nothing, so a replay after a dropped connection is harmless.
 */
import type { StatisticsFragment, TileEliteFragment } from "../../graphql/generated/graphql.ts";

export interface FeedEvent {
  readonly seq: number;
  readonly createdAt: string;
  readonly run: { readonly speed?: number | null };
  readonly statistics: readonly StatisticsFragment[];
  readonly elites: readonly TileEliteFragment[];
}

export interface RunFeed {
  readonly seq: number;
  /** In niche order, one a niche. */
  readonly elites: readonly TileEliteFragment[];
  /** In order of generation, one a generation. */
  readonly statistics: readonly StatisticsFragment[];
  /** Evaluations a second at the last checkpoints, oldest first. */
  readonly speeds: readonly number[];
  readonly lastJumpAt: string | null;
}

export interface RunSnapshot {
  readonly eventSeq: number;
  readonly archive: readonly TileEliteFragment[];
  readonly statistics: readonly StatisticsFragment[];
}

const speedsKept = 60;

/** A niche is only ever taken by a better elite, in its own or a later generation. */
function holds(candidate: TileEliteFragment, holder: TileEliteFragment): boolean {
  if (candidate.generation !== holder.generation) return candidate.generation > holder.generation;
  return candidate.storedFitness >= holder.storedFitness;
}

function mergeElites(holders: readonly TileEliteFragment[], arriving: readonly TileEliteFragment[]): readonly TileEliteFragment[] {
  if (arriving.length === 0) return holders;
  const byNiche = new Map(holders.map((elite) => [elite.niche, elite]));
  for (const elite of arriving) {
    const holder = byNiche.get(elite.niche);
    if (!holder || holds(elite, holder)) byNiche.set(elite.niche, elite);
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
  const speed = event.run.speed;
  return {
    seq: Math.max(feed.seq, event.seq),
    elites: mergeElites(feed.elites, event.elites),
    statistics: mergeStatistics(feed.statistics, event.statistics),
    speeds: typeof speed === "number" && event.seq > feed.seq ? [...feed.speeds, speed].slice(-speedsKept) : feed.speeds,
    lastJumpAt: jumped && event.seq > feed.seq ? event.createdAt : feed.lastJumpAt,
  };
}

/** A later answer for the whole run, such as the one that follows a page shown from the cache, joins what the events have told. */
export function foldSnapshot(feed: RunFeed, snapshot: RunSnapshot): RunFeed {
  return {
    ...feed,
    seq: Math.max(feed.seq, snapshot.eventSeq),
    elites: mergeElites(feed.elites, snapshot.archive),
    statistics: mergeStatistics(feed.statistics, snapshot.statistics),
  };
}
