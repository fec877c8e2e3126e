/** A film of a comparison: the grid of images after each generation. */
import { ComparedArchivesDocument, type ComparedArchivesQuery } from "../../graphql/generated/graphql.ts";
import { createFilmWriter, roundUpToEven } from "../film/createFilmWriter.ts";
import { type FilmStyle, readFilmStyle } from "../film/drawFilmFrame.ts";
import { filmHead, filmMargin, pickGenerations } from "../film/filmPlan.ts";
import type { FilmWriter } from "../film/filmWriter.ts";
import type { FilmContext } from "../film/useFilmExport.ts";
import { formatConfidence, ninesScale, rampColor } from "../marks/confidence.ts";
import { letterOf } from "./comparedRuns.ts";
import { cellsOf, type LiveCell } from "./gridCells.ts";

type Row = ComparedArchivesQuery["runComparison"]["rows"][number];

export interface ComparisonFilmOptions {
  readonly entries: readonly { readonly runIds: readonly string[] }[];
  readonly names: readonly string[];
  readonly last: number;
  /** The page of classes that is shown. */
  readonly first: number;
  readonly offset: number;
  readonly contains: string;
}

const maxFrames = 60;
const frameMilliseconds = 200;
const lastMilliseconds = 2_000;
const side = 84;
const labelWidth = 120;
const columnWidth = side + 16;
const rowHeight = side + 28;
const columnHead = 28;

interface ComparisonFilmPlan {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

function planComparisonFilm(columns: number, rows: number): ComparisonFilmPlan {
  return {
    columns,
    rows,
    width: 2 * filmMargin + labelWidth + columns * columnWidth,
    height: filmHead + columnHead + rows * rowHeight + filmMargin,
  };
}

async function loadImage(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

interface Frame {
  readonly generation: number;
  readonly last: number;
  readonly names: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly (LiveCell | null)[] }[];
  readonly images: ReadonlyMap<string, HTMLImageElement>;
}

function clip(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length - 1;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}

function draw(context: CanvasRenderingContext2D, plan: ComparisonFilmPlan, frame: Frame, style: FilmStyle): void {
  context.fillStyle = style.paper;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillStyle = style.ink;
  context.font = `500 15px ${style.text}`;
  context.fillText(`generation ${frame.generation} of ${frame.last}`, filmMargin, 30);
  const left = filmMargin + labelWidth;
  context.font = `12px ${style.text}`;
  for (const [column, name] of frame.names.entries())
    context.fillText(clip(context, `${letterOf(column)}  ${name}`, side), left + column * columnWidth, filmHead + 12);
  for (const [i, row] of frame.rows.entries()) {
    const y = filmHead + columnHead + i * rowHeight;
    context.font = `500 13px ${style.text}`;
    context.fillStyle = style.ink;
    context.fillText(clip(context, row.label, labelWidth - 16), filmMargin, y + 14);
    for (const [column, cell] of row.cells.entries()) {
      const x = left + column * columnWidth;
      const image = cell === null ? undefined : frame.images.get(cell.image.url);
      context.fillStyle = style.mount;
      context.fillRect(x, y, side, side);
      if (cell === null || image === undefined) continue;
      context.imageSmoothingEnabled = image.width > side;
      context.drawImage(image, x, y, side, side);
      context.fillStyle = rampColor(cell.confidence);
      context.fillRect(x, y + side + 3, Math.round(side * ninesScale(cell.confidence)), 4);
      context.fillStyle = style.muted;
      context.font = `11px ${style.mono}`;
      context.fillText(formatConfidence(cell.confidence), x, y + side + 20);
    }
  }
}

/** @throws if it is aborted or if a part could not be loaded. */
export async function makeComparisonFilm(options: ComparisonFilmOptions, { client, signal, format, onFrame }: FilmContext): Promise<Blob> {
  const { entries, names, last, first, offset, contains } = options;
  const generations = pickGenerations(last, maxFrames);
  const style = readFilmStyle(document.documentElement);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: format === "apng" });
  if (context === null) throw new Error("This browser cannot draw on a canvas.");
  const images = new Map<string, HTMLImageElement>();
  let plan: ComparisonFilmPlan | null = null;
  let writer: FilmWriter | null = null;
  try {
    for (const [done, generation] of generations.entries()) {
      signal.throwIfAborted();
      onFrame(done, generations.length);
      const variables = { entries: entries.map(({ runIds }) => ({ runIds: [...runIds] })), generation, first, offset, contains };
      const { data, error } = await client.query(ComparedArchivesDocument, variables).toPromise();
      if (data === undefined) throw new Error(error?.message ?? "A generation could not be loaded.");
      const rows = data.runComparison.rows.map((row: Row) => ({ label: row.label, cells: cellsOf(row) }));
      const urls = rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell === null ? [] : [cell.image.url])));
      await Promise.all([...new Set(urls)].filter((url) => !images.has(url)).map(async (url) => images.set(url, await loadImage(url))));
      if (plan === null || writer === null) {
        plan = planComparisonFilm(entries.length, rows.length);
        canvas.width = roundUpToEven(plan.width);
        canvas.height = roundUpToEven(plan.height);
        writer = await createFilmWriter(format, canvas, generations.length);
      }
      draw(context, plan, { generation, last, names, rows, images }, style);
      await writer.add(generation === last ? lastMilliseconds : frameMilliseconds);
    }
    signal.throwIfAborted();
    if (writer === null) throw new Error("These runs have no generations.");
    return await writer.finish();
  } catch (error) {
    await writer?.cancel();
    throw error;
  }
}
