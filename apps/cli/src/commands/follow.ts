/** Follows a run or a sweep by its events until it ends, drawing an evolution's archive as it fills. */
import { followRunEvents } from "@pareidolia/client/jobs/followWork";
import { runEvents, sweepChanges } from "@pareidolia/client/operations";
import type { Context } from "../context.ts";
import { type RunArchive, runArchive } from "../documents.ts";
import { findImageMode, type ImageMode } from "../drawing/abilities.ts";
import { drawArchive, layOut, sheetSideFor } from "../drawing/archiveImage.ts";
import { drawArchiveText } from "../drawing/archiveText.ts";
import { decodePng } from "../drawing/decodePng.ts";
import { drawHalfBlocks } from "../drawing/halfBlocks.ts";
import { drawSixels } from "../drawing/sixel.ts";
import { CliError } from "../failure.ts";
import { printable } from "../output/controlCharacters.ts";
import { formatConfidence, formatCount, formatPercent, formatSeconds } from "../output/numbers.ts";
import { drawBar } from "../output/progressBar.ts";
import { shorten } from "../output/table.ts";

type Run = NonNullable<RunArchive["node"]>;

export interface FollowOptions {
  /** Default: the best that the terminal supports. */
  readonly images?: ImageMode;
  /** Draws once, without waiting for the end. */
  readonly once?: boolean;
}

const ended = ["SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"];
/** Archives change faster than a terminal draws. */
const millisecondsBetweenDrawings = 500;
/** Lines above and below the archive. */
const otherLines = 4;
/** Pixels of a character in most terminals that draw sixels. */
const cell = { width: 9, height: 18 };
const maxSide = { sixel: 64, blocks: 32 };

async function readRun({ client, terminal }: Context, reference: string): Promise<Run> {
  const { node } = await client.query<RunArchive>(runArchive, { id: reference }, { signal: terminal.signal });
  if (node?.key === undefined) throw new CliError("notFound", `There is no run ${reference}. \`pareidolia query\` lists the runs.`);
  return node;
}

/** What the kind of run counts, such as "8 of 10 classes ≥ .9999". */
function describeOutcome({ outcome: { reached, total, unit, reachedMeans, isMeasured } }: Run): string {
  return `${isMeasured ? `${formatCount(reached)} of ` : ""}${formatCount(total)} ${unit} ${reachedMeans}`;
}

interface Times {
  readonly waitedSeconds?: number | null;
  readonly computedSeconds?: number;
  readonly elapsedSeconds?: number | null;
}

/** The times of a run or a sweep that has ended, each with its name. */
function timesOf({ waitedSeconds, computedSeconds, elapsedSeconds }: Times): string[] {
  const named = { waited: waitedSeconds, computed: computedSeconds, elapsed: elapsedSeconds };
  return Object.entries(named).flatMap(([name, seconds]) => (seconds == null ? [] : [`${name} ${formatSeconds(seconds)}`]));
}

/** One line on how far the run is. */
export function describeRun(run: Run): string {
  const facts = [
    run.median === null ? "" : `median ${formatConfidence(run.median)}`,
    describeOutcome(run),
    run.generation == null ? "" : `generation ${formatCount(run.generation)}`,
    `${formatCount(run.evaluations)} evaluations`,
    run.secondsLeft === null ? "" : `${formatSeconds(run.secondsLeft)} left`,
    ...(ended.includes(run.state) ? timesOf(run) : []),
  ];
  return `${run.state.toLowerCase()} ${drawBar(run.progress)} ${formatPercent(run.progress)}: ${facts.filter((fact) => fact !== "").join(", ")}`;
}

async function drawImages(context: Context, run: Run, mode: "sixel" | "blocks"): Promise<string> {
  const { terminal, client } = context;
  const lines = Math.max(4, terminal.rows - otherLines);
  const room =
    mode === "blocks"
      ? { width: terminal.columns, height: lines * 2 }
      : { width: terminal.columns * cell.width, height: lines * cell.height };
  const layout = layOut(run.nicheCount, room, maxSide[mode]);
  const side = sheetSideFor(layout);
  const { bytes } = await client.download(`/contact-sheets/${encodeURIComponent(run.id)}/${run.generation}/${side}.png`, undefined, {
    signal: terminal.signal,
  });
  const raster = drawArchive(decodePng(bytes), side, run.nicheCount, layout);
  const drawn = mode === "blocks" ? drawHalfBlocks(raster) : drawSixels(raster);
  return mode === "blocks"
    ? drawn
        .split(/(?<=\n)/)
        .slice(0, lines)
        .join("")
    : drawn;
}

async function drawRun(context: Context, run: Run, mode: ImageMode): Promise<string> {
  const { columns, rows } = context.terminal;
  const head = `${shorten(printable(`${run.key}  ${run.name}`), columns)}\n${shorten(describeRun(run), columns)}\n`;
  if (run.archive === undefined || run.generation == null) return head;
  const room = { width: columns, height: Math.max(4, rows - otherLines) };
  const archive = mode === "text" ? drawArchiveText(run.archive, run.nicheCount, room) : await drawImages(context, run, mode);
  return `${head}${archive}`;
}

/** On a terminal each drawing replaces the one before; elsewhere only a changed line is written. */
function openScreen({ terminal }: Context) {
  const clear = terminal.outIsTty ? "\u001b[H\u001b[J" : "";
  let last = "";
  let started = false;
  return {
    show(text: string) {
      if (text === last) return;
      last = text;
      terminal.out(started ? `${clear}${text}` : `${terminal.outIsTty ? "\u001b[2J\u001b[H" : ""}${text}`);
      started = true;
    },
  };
}

function throwIfFailed(key: string, state: string, failure: string | null): void {
  if (state === "SUCCEEDED" || !ended.includes(state)) return;
  const reason = failure === null ? "" : ` ${failure}`;
  throw new CliError("failedWork", `${key} is ${state.toLowerCase()}.${reason}`);
}

function summaryOf({ kindLabel, secondsLeft: _secondsLeft, eventSeq: _eventSeq, archive: _archive, generation, ...run }: Run) {
  return { ...run, kind: kindLabel, generation: generation ?? null };
}

/** For programs, each event is a line of JSON. */
async function streamRun(context: Context, run: Run): Promise<void> {
  for await (const event of followRunEvents(context.client, run.id, { signal: context.terminal.signal })) await context.printLine(event);
  const after = await readRun(context, run.id);
  throwIfFailed(after.key, after.state, after.failure);
}

/** @throws CliError failedWork if the run ends without success. */
export async function followRun(context: Context, reference: string, options: FollowOptions): Promise<void> {
  const { terminal, client, isForProgram } = context;
  const run = await readRun(context, reference);
  if (isForProgram) return options.once === true ? context.print({ json: summaryOf(run), text: () => "" }) : streamRun(context, run);
  const mode = options.images ?? findImageMode(terminal);
  const screen = openScreen(context);
  screen.show(await drawRun(context, run, mode));
  let latest = run;
  if (options.once !== true && !ended.includes(run.state)) {
    let drawnAt = Date.now();
    for await (const { runEvents: event } of client.subscribe(
      runEvents,
      { runId: run.id, since: run.eventSeq },
      { signal: terminal.signal },
    )) {
      if (Date.now() - drawnAt < millisecondsBetweenDrawings && !ended.includes(event.run.state)) continue;
      latest = await readRun(context, run.id);
      screen.show(await drawRun(context, latest, mode));
      drawnAt = Date.now();
      if (ended.includes(latest.state)) break;
    }
    latest = await readRun(context, run.id);
    screen.show(await drawRun(context, latest, mode));
  }
  if (options.once !== true) throwIfFailed(latest.key, latest.state, latest.failure);
}

export async function followSweep(context: Context, sweepId: string): Promise<void> {
  const { client, terminal, isForProgram } = context;
  const screen = openScreen(context);
  for await (const { sweepChanges: sweep } of client.subscribe(sweepChanges, { sweepId }, { signal: terminal.signal })) {
    const { succeeded, failed, cancelled, running, queued } = sweep.progress;
    const done = succeeded + failed + cancelled;
    if (isForProgram) await context.printLine(sweep);
    else {
      const share = sweep.runCount === 0 ? 0 : done / sweep.runCount;
      const line = `${sweep.key} ${sweep.state.toLowerCase()} ${drawBar(share)} ${done} of ${sweep.runCount} runs: ${running} running, ${queued} queued, ${failed} failed`;
      const times = sweep.state === "SUCCEEDED" || sweep.state === "CANCELLED" ? timesOf(sweep.progress) : [];
      screen.show(`${shorten(printable([line, ...times].join(", ")), terminal.columns)}\n`);
    }
    if (sweep.state === "SUCCEEDED" && failed === 0) return;
    if (sweep.state === "SUCCEEDED") throw new CliError("failedWork", `${failed} runs of ${sweep.key} failed.`);
    if (sweep.state === "CANCELLED") throw new CliError("failedWork", `${sweep.key} is cancelled. ${sweep.reason}`.trim());
  }
}
