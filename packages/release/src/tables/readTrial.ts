/** Reads a row of trials.csv back to the vote that it exports. The trial itself is rebuilt from the plan. */

import { unreadable } from "@pareidolia/archive/archiveFiles";
import { textOfCell } from "@pareidolia/core/csv";
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { VoteTiming } from "@pareidolia/perception/study/results/studyData";
import type { ExportedVote } from "@pareidolia/perception/study/trialRow";
import { trialColumns } from "@pareidolia/perception/study/trialTable";

/** The columns that a vote is read from. */
const needed = [
  "voter",
  "trial",
  "answer_position",
  "answer_text",
  "answer_ratings",
  "cant_tell",
  "skipped",
  "response_ms",
  "requested_ms",
  "shown_ms",
  "mask_ms",
  "frames",
  "dropped_frames",
  "refresh_hz",
  "voted_at",
] as const;
/** Columns that earlier versions of the table did not have. */
const added = ["presentations", "timed_out"] as const;
type Read = (typeof needed)[number] | (typeof added)[number];

/**
 * The columns that a file's header names: the first ones of `trialColumns`, since a file of an earlier version lacks those added later.
 * @throws AppError CORRUPT_DATA for other columns.
 */
export function columnsOf(header: readonly string[]): typeof trialColumns {
  const columns = trialColumns.slice(0, header.length);
  if (header.length > trialColumns.length || columns.some(({ name }, index) => name !== header[index]))
    throw unreadable("the columns of trials.csv are not those of an export");
  const missing = needed.find((name) => !header.includes(name));
  if (missing !== undefined) throw unreadable(`trials.csv has no column ${missing}`);
  return columns;
}

const placeOf = new Map(trialColumns.map(({ name }, index) => [name, index]));

/** @throws AppError CORRUPT_DATA naming the malformed cell. */
export function readTrial(cells: readonly string[], columns: number): ExportedVote {
  if (cells.length !== columns) throw unreadable(`a row of trials.csv has ${cells.length} cells instead of ${columns}`);
  const text = (name: Read): string => textOfCell(cells[placeOf.get(name) as number] as string);
  const malformed = (name: Read): never => {
    throw unreadable(`trials.csv has ${JSON.stringify(text(name).slice(0, 80))} in the column ${name}`);
  };
  const number = (name: Read): number | null => {
    const cell = text(name);
    if (cell === "") return null;
    const value = Number(cell);
    return Number.isFinite(value) && String(value) === cell ? value : malformed(name);
  };
  const has = (name: Read): boolean => columns > (placeOf.get(name) as number);
  const flag = (name: Read): boolean => (text(name) === "true" ? true : text(name) === "false" ? false : malformed(name));

  const [, order] = /^V-(\d{2,10})$/.exec(text("voter")) ?? malformed("voter");
  const voter = Number(order) - 1;
  if (voter < 0 || pseudonymOf(voter) !== text("voter")) malformed("voter");
  const place = number("trial");
  if (place === null || !Number.isSafeInteger(place) || place < 1) return malformed("trial");
  const timing: VoteTiming = {
    requestedMs: number("requested_ms"),
    shownMs: number("shown_ms"),
    maskMs: number("mask_ms"),
    frames: number("frames"),
    droppedFrames: number("dropped_frames"),
    presentations: has("presentations") ? number("presentations") : null,
    refreshHz: number("refresh_hz"),
  };
  const answer = (): unknown => {
    if (flag("skipped")) return null;
    if (flag("cant_tell")) return { cantTell: true };
    const choice = number("answer_position");
    if (choice !== null) return { choice };
    if (text("answer_ratings") === "") return { text: text("answer_text") };
    try {
      return { ratings: JSON.parse(text("answer_ratings")) as unknown };
    } catch {
      return malformed("answer_ratings");
    }
  };
  return {
    voter,
    trial: place - 1,
    answer: answer(),
    timedOut: has("timed_out") && flag("timed_out"),
    responseMs: number("response_ms"),
    timing: Object.values(timing).every((value) => value === null) ? null : timing,
    votedAt: text("voted_at"),
  };
}
