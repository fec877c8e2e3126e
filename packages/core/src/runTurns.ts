/**
 * Which workspace a free worker serves: fair queueing by time. Each workspace with runs has a clock: the seconds for which workers have
 * computed its runs, divided by its share. The workspace with the earliest clock is served, so workspaces whose runs wait all the time get
 * computing time in proportion to their shares, however long their runs are, and none waits for ever. Time in which no other workspace had
 * runs counts for nothing: a workspace that arrives starts at the earliest clock of the others.
 */

export interface WorkspaceTurn {
  readonly workspaceId: string;
  /** 1 or more. */
  readonly share: number;
  /** The most runs that may compute at once; null for no limit. */
  readonly limit: number | null;
  /** Number of runs that compute now. */
  readonly running: number;
  /** For which they have computed, in seconds. It moves to the clock when they end. */
  readonly runningSeconds: number;
  /** When its oldest waiting run was created, in milliseconds; null if none waits. */
  readonly waitingSince: number | null;
  /** Seconds of ended runs, divided by the share; null for a workspace that has just arrived. */
  readonly clock: number | null;
}

export interface RunTurns {
  /** The workspace to serve; null if none has a waiting run and room for it. */
  readonly next: string | null;
  /** Seconds to add to clocks, by workspace. A clock that does not exist starts at 0. */
  readonly advance: ReadonlyMap<string, number>;
  /** Workspaces without runs whose clocks no longer matter. */
  readonly forget: readonly string[];
}

/** A run counts as this long when it starts, so that several free workers do not all serve the same workspace. Seconds. */
const startSeconds = 60;

const isActive = ({ running, waitingSince }: WorkspaceTurn): boolean => running > 0 || waitingSince !== null;
const isFull = ({ running, limit }: WorkspaceTurn): boolean => limit !== null && running >= limit;
const shareOf = ({ runningSeconds, share }: WorkspaceTurn): number => runningSeconds / share;

/** @param workspaces those with queued or running runs, and all others that have a clock. */
export function takeTurns(workspaces: readonly WorkspaceTurn[]): RunTurns {
  const active = workspaces.filter(isActive);
  const known = active.flatMap((turn) => (turn.clock === null || isFull(turn) ? [] : [turn.clock + shareOf(turn)]));
  const isAlone = known.length === 0;
  const present = isAlone ? 0 : Math.min(...known);
  const total = (turn: WorkspaceTurn): number => {
    const own = (turn.clock ?? 0) + shareOf(turn);
    // A limit saves up no time, either.
    return turn.clock === null || isFull(turn) ? Math.max(own, present) : own;
  };
  const rank = (turn: WorkspaceTurn): number => total(turn) + (startSeconds * turn.running) / turn.share;
  const [next] = active
    .filter((turn) => turn.waitingSince !== null && !isFull(turn))
    .sort((a, b) => rank(a) - rank(b) || (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
  return {
    next: next?.workspaceId ?? null,
    advance: new Map(
      active.flatMap((turn) => {
        const seconds = total(turn) - (turn.clock ?? 0) - shareOf(turn);
        return seconds > 0 || turn.clock === null ? [[turn.workspaceId, seconds] as const] : [];
      }),
    ),
    forget: workspaces.filter((turn) => !isActive(turn) && (isAlone || (turn.clock ?? 0) <= present)).map(({ workspaceId }) => workspaceId),
  };
}
