/** The three times of a run or a sweep, in words: how long it waited for a worker, was computed, and took from its start to its end. */
import { formatDuration } from "./numbers.ts";

/** As the API answers them, in seconds. */
export interface ThreeTimes {
  readonly waitedSeconds?: number | null;
  readonly computedSeconds: number;
  readonly elapsedSeconds?: number | null;
}

const names = [
  ["waited", "waitedSeconds"],
  ["computed", "computedSeconds"],
  ["elapsed", "elapsedSeconds"],
] as const satisfies readonly (readonly [string, keyof ThreeTimes])[];

/** Each time that is known, with its name. */
export function listTimes(times: ThreeTimes): readonly { readonly name: string; readonly text: string }[] {
  return names.flatMap(([name, key]) => {
    const seconds = times[key];
    return typeof seconds === "number" ? [{ name, text: formatDuration(seconds) }] : [];
  });
}

export function Times({ of }: { readonly of: ThreeTimes }) {
  return (
    <p className="t12 muted">
      {listTimes(of).map(({ name, text }, i) => (
        <span key={name}>
          {i === 0 ? "" : ", "}
          {name} <span className="n12">{text}</span>
        </span>
      ))}
    </p>
  );
}
