/**
 * The refresh rate of the voter's screen, from the timestamps of animation frames before the first trial. The median ignores frames that
 * the browser missed while the page was loading.
 */

export interface RefreshRate {
  /** Duration of a frame in milliseconds. */
  readonly frameMs: number;
  /** Frames a second. */
  readonly hz: number;
  /** Whether at least 95% of the intervals are within a quarter of a frame of the median. */
  readonly steady: boolean;
}

const steadyShare = 0.95;
const tolerance = 0.25;
const warmUpFrames = 5;
/** One second at 60 Hz. */
const measuredFrames = 60;
/** A browser that draws fewer than 20 frames a second is not waited for. */
const timeoutMs = 3_000;

/** Used if no frame could be measured, as in a hidden tab. */
const assumed: RefreshRate = { frameMs: 1000 / 60, hz: 60, steady: false };

/** @param timestamps Milliseconds, ascending, one of each animation frame. */
export function refreshRateOf(timestamps: readonly number[]): RefreshRate {
  const intervals = timestamps.slice(1).map((time, index) => time - (timestamps[index] as number));
  const sorted = intervals.filter((interval) => interval > 0).sort((a, b) => a - b);
  if (sorted.length === 0) return assumed;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  const frameMs = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
  const near = sorted.filter((interval) => Math.abs(interval - frameMs) <= tolerance * frameMs).length;
  return { frameMs, hz: 1000 / frameMs, steady: near >= steadyShare * sorted.length };
}

/** Takes about a second at 60 Hz. */
export function measureRefreshRate(): Promise<RefreshRate> {
  return new Promise((done) => {
    const timestamps: number[] = [];
    let frame = 0;
    const finish = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      done(refreshRateOf(timestamps.slice(warmUpFrames)));
    };
    const timer = setTimeout(finish, timeoutMs);
    const measure = (timestamp: number) => {
      timestamps.push(timestamp);
      if (timestamps.length > warmUpFrames + measuredFrames) finish();
      else frame = requestAnimationFrame(measure);
    };
    frame = requestAnimationFrame(measure);
  });
}
