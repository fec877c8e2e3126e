/** Checks experiments, sweeps, networks and comments of a bundle: texts must keep the limits for members, and plans must be readable. */
import { isVisible, toLine } from "@pareidolia/core/lineText";
import { parseSweepPlan } from "@pareidolia/core/sweep/sweepPlan";
import { sweepLimits, sweepPriorities, sweepStates } from "@pareidolia/core/sweep/sweepState";
import type { RowOf } from "../bundleTables.ts";
import { notRestorable, requireRange, requireShare } from "./notRestorable.ts";

const maxNameLength = 300;
const maxMarkdownLength = 20_000;
const maxSide = 4_096;
const modelOrigins = ["zoo", "upload", "chain", "import"];

function requireShort(text: string, longest: number, what: string): void {
  if (text.length > longest) throw notRestorable(`${what} has ${text.length} characters; the limit is ${longest}`);
}

/** @throws AppError CORRUPT_DATA. */
export function checkExperiment({ experiment, name, description, notes }: RowOf<"experiments">): void {
  requireShort(name, maxNameLength, `the name of experiment ${experiment}`);
  if (!isVisible(toLine(name))) throw notRestorable(`experiment ${experiment} has no name`);
  requireShort(description, maxMarkdownLength, `the description of experiment ${experiment}`);
  requireShort(notes, maxMarkdownLength, `the notes of experiment ${experiment}`);
}

/** @throws AppError CORRUPT_DATA. */
export function checkSweep(row: RowOf<"sweeps">): void {
  const name = `sweep ${row.sweep}`;
  if (!(sweepStates as readonly string[]).includes(row.state)) throw notRestorable(`${name} has no known state`);
  parseSweepPlan(row.plan);
  requireShort(row.name, sweepLimits.name.maximum, `the name of ${name}`);
  requireShort(row.reason, maxMarkdownLength, `the reason of ${name}`);
  requireRange(row.point_count, [0, sweepLimits.runs.maximum], `The number of points of ${name}`);
  requireRange(row.run_count, [0, sweepLimits.runs.maximum], `The number of runs of ${name}`);
  requireRange(row.priority, [sweepPriorities.LOW, sweepPriorities.HIGH], `The priority of ${name}`);
  for (const [value, { minimum, maximum }] of [
    [row.concurrency, sweepLimits.concurrency],
    [row.max_evaluations, sweepLimits.evaluations],
    [row.max_seconds, sweepLimits.seconds],
  ] as const)
    if (value !== null) requireRange(value, [minimum, maximum], `A limit of ${name}`);
}

/** @throws AppError CORRUPT_DATA. */
export function checkModel(row: RowOf<"models">): void {
  const name = `the network ${row.slug.slice(0, 80)}`;
  const isShaped = row.width >= 1 && row.height >= 1 && row.width <= maxSide && row.height <= maxSide && row.labels.length >= 1;
  if (!isShaped || (row.channels !== 1 && row.channels !== 3) || !modelOrigins.includes(row.origin) || row.label_space === "")
    throw notRestorable(`${name} has an input, classes or an origin that no network has`);
  for (const text of [row.slug, row.name, row.label_space]) requireShort(text, maxNameLength, `a text of ${name}`);
  for (const text of [row.description, row.licence, row.source]) requireShort(text, maxMarkdownLength, `a text of ${name}`);
  if (row.test_error !== null) requireShare(row.test_error, `The test error of ${name}`);
}

/** @throws AppError CORRUPT_DATA. */
export function checkComment({ comment, run, experiment, body }: RowOf<"comments">): void {
  if ((run === null) === (experiment === null)) throw notRestorable(`comment ${comment} is not on one run or experiment`);
  requireShort(body, maxMarkdownLength, `comment ${comment}`);
}
