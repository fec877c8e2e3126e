/**
 * How long a report takes, from the newest report of its budget at hand: the tracked one in docs/report, which also has the times of the full
 * budget's report beside its own, and those of this installation. Processor time, unlike duration, does not depend on other programs.
 */
import { availableParallelism } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { type EarlierReport, readReports } from "./earlierReports.ts";
import type { Budget } from "./experiments/experiment.ts";
import { comparedRuns, seedsOf } from "./experiments/seeds.ts";

export interface Durations {
  readonly machine: Readonly<Record<string, string | number>>;
  /** By experiment, over all threads. */
  readonly coreSeconds: Readonly<Record<string, number>>;
}

export interface KnownDurations extends Durations {
  /** Of the report, in ISO 8601. */
  readonly writtenAt: string;
}

export function durationsOf({ machine, experiments }: Readonly<Record<string, unknown>>): Durations {
  const listed: readonly unknown[] = Array.isArray(experiments) ? experiments : [];
  const times = listed.flatMap((experiment) => {
    const { id, coreSeconds, failure } = recordOf(experiment);
    return typeof id === "string" && typeof coreSeconds === "number" && failure === null ? [[id, coreSeconds] as const] : [];
  });
  return { machine: machineOf(machine), coreSeconds: Object.fromEntries(times) };
}

/**
 * Those of the report with the most experiments, as one that is incomplete has few; of several, the newest. Reports whose command chose seeds
 * or generations do not count. Null without any.
 */
export async function findDurations(folders: readonly string[], budget: Budget): Promise<KnownDurations | null> {
  const known = (await readReports(folders))
    .flatMap((report) => ofBudget(report, budget))
    .filter(({ coreSeconds }) => coreSeconds.length > 0);
  const [most] = known.sort((one, other) => other.coreSeconds.length - one.coreSeconds.length);
  return most === undefined ? null : { ...most, coreSeconds: Object.fromEntries(most.coreSeconds) };
}

interface Listed extends Omit<KnownDurations, "coreSeconds"> {
  readonly coreSeconds: readonly (readonly [string, number])[];
}

function ofBudget(report: EarlierReport, budget: Budget): readonly Listed[] {
  const { writtenAt, fullBudget } = report;
  if (report["budget"] === budget) {
    const isWhole = isDeepStrictEqual(report["seeds"], seedsOf({}, comparedRuns[budget])) && (report["generations"] ?? null) === null;
    if (!isWhole) return [];
    const { machine, coreSeconds } = durationsOf(report);
    return [{ writtenAt, machine, coreSeconds: Object.entries(coreSeconds) }];
  }
  if (budget !== "full" || !Array.isArray(fullBudget)) return [];
  return fullBudget.flatMap((part: unknown) => {
    const full = recordOf(part);
    if (typeof full["writtenAt"] !== "string") return [];
    const times = Object.entries(recordOf(full["coreSeconds"])).flatMap(([id, time]) =>
      typeof time === "number" ? [[id, time] as const] : [],
    );
    return [{ writtenAt: full["writtenAt"], machine: machineOf(full["machine"]), coreSeconds: times }];
  });
}

/** @param remaining experiments, with the processor time that each has already taken. */
export function expectedWords(
  known: KnownDurations | null,
  budget: Budget,
  remaining: readonly { readonly id: string; readonly coreSeconds: number }[],
  cores = availableParallelism(),
): string {
  if (known === null) return `How long the ${budget} budget takes is not known: there is no report of it to compare with.`;
  const times = remaining.flatMap(({ id, coreSeconds }) => {
    const whole = known.coreSeconds[id];
    return whole === undefined ? [] : [{ id, left: Math.max(0, whole - coreSeconds) }];
  });
  const total = times.reduce((sum, { left }) => sum + left, 0);
  const longest = [...times].sort((one, other) => other.left - one.left).slice(0, 3);
  const unknown = remaining.filter(({ id }) => known.coreSeconds[id] === undefined).map(({ id }) => id);
  const machine = Object.entries(known.machine)
    .map(([name, value]) => (typeof value === "number" ? `${value} ${name}` : value))
    .join(", ");
  return [
    `Expected: ${minutes(total)} of processor time, so ${minutes(total / cores)} or more on ${cores} cores`,
    ` (${longest.map(({ id, left }) => `${id} ${minutes(left)}`).join(", ")}),`,
    ` from the report of ${known.writtenAt.slice(0, 10)} and its networks on ${machine}.`,
    unknown.length === 0 ? "" : ` Not known: ${unknown.join(", ")}.`,
  ].join("");
}

/** For the help: one line for each experiment. */
export function durationCells(ids: readonly string[], of: readonly (KnownDurations | null)[]): readonly (readonly string[])[] {
  return ids.map((id) => [
    id,
    ...of.map((known) => {
      const time = known?.coreSeconds[id];
      return time === undefined ? "not known" : minutes(time);
    }),
  ]);
}

function minutes(seconds: number): string {
  return seconds < 6000 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function machineOf(value: unknown): Durations["machine"] {
  const parts = Object.entries(recordOf(value)).filter(
    (part): part is [string, string | number] => typeof part[1] === "string" || typeof part[1] === "number",
  );
  return Object.fromEntries(parts);
}
