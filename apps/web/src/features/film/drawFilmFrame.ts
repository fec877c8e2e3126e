/** Draws one frame of the film: the archive after a generation, niche by niche, in the page's own colours and type. */
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { formatConfidence, ninesScale, rampColor } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";
import { type FilmPlan, filmHead, filmMargin } from "./filmPlan.ts";

/** An image, and the part of it that belongs to one niche. */
export interface FilmImage {
  readonly source: CanvasImageSource;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface FilmFrame {
  readonly title: string;
  readonly generation: number;
  readonly last: number;
  readonly labels: readonly string[];
  readonly elites: readonly TileEliteFragment[];
  imageOf(elite: TileEliteFragment): FilmImage | null;
}

export interface FilmLook {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly mount: string;
  readonly frame: string;
  readonly text: string;
  readonly mono: string;
}

export function readFilmLook(element: Element): FilmLook {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    paper: read("--paper"),
    ink: read("--ink"),
    muted: read("--ink-3"),
    mount: read("--mount"),
    frame: read("--frame"),
    text: read("--text"),
    mono: read("--mono"),
  };
}

function clip(context: CanvasRenderingContext2D, words: string, room: number): string {
  if (context.measureText(words).width <= room) return words;
  let length = words.length - 1;
  while (length > 1 && context.measureText(`${words.slice(0, length)}…`).width > room) length--;
  return `${words.slice(0, length)}…`;
}

function drawHead(context: CanvasRenderingContext2D, plan: FilmPlan, frame: FilmFrame, look: FilmLook): void {
  context.textBaseline = "alphabetic";
  context.fillStyle = look.muted;
  context.font = `12px ${look.mono}`;
  context.textAlign = "right";
  const words = `generation ${frame.generation} of ${frame.last}`;
  context.fillText(words, plan.width - filmMargin, 30);
  const room = plan.width - 2 * filmMargin - context.measureText(words).width - 16;
  context.textAlign = "left";
  context.fillStyle = look.ink;
  context.font = `500 15px ${look.text}`;
  context.fillText(clip(context, frame.title, room), filmMargin, 30);
}

function drawPlaque(
  context: CanvasRenderingContext2D,
  place: { x: number; y: number; side: number },
  said: { label: string; confidence: number | undefined },
  look: FilmLook,
): void {
  const { x, y, side } = place;
  const { confidence } = said;
  const bar = y + side + 6;
  if (confidence !== undefined) {
    context.fillStyle = rampColor(confidence);
    context.fillRect(x, bar, Math.round(side * ninesScale(confidence)), 5);
  }
  context.strokeStyle = look.frame;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, bar + 0.5, side - 1, 4);
  context.font = `12px ${look.mono}`;
  context.textAlign = "right";
  context.fillStyle = look.ink;
  const number = confidence === undefined ? "" : formatConfidence(confidence);
  context.fillText(number, x + side, bar + 22);
  const room = side - context.measureText(number).width - 8;
  context.textAlign = "left";
  context.font = `500 13px ${look.text}`;
  context.fillText(clip(context, splitLabel(said.label).name, room), x, bar + 22);
}

export function drawFilmFrame(context: CanvasRenderingContext2D, plan: FilmPlan, frame: FilmFrame, look: FilmLook): void {
  context.fillStyle = look.paper;
  context.fillRect(0, 0, plan.width, plan.height);
  drawHead(context, plan, frame, look);
  const held = new Map(frame.elites.map((elite) => [elite.niche, elite]));
  for (const [niche, label] of frame.labels.entries()) {
    const x = filmMargin + (niche % plan.columns) * plan.stepX;
    const y = filmHead + Math.floor(niche / plan.columns) * plan.stepY;
    const elite = held.get(niche);
    const image = elite === undefined ? null : frame.imageOf(elite);
    if (image === null) {
      context.fillStyle = look.mount;
      context.fillRect(x, y, plan.side, plan.side);
    } else {
      context.imageSmoothingEnabled = image.width > plan.side;
      context.imageSmoothingQuality = "high";
      context.drawImage(image.source, image.x, image.y, image.width, image.height, x, y, plan.side, plan.side);
    }
    if (plan.kind === "plaques") drawPlaque(context, { x, y, side: plan.side }, { label, confidence: elite?.storedFitness }, look);
    else if (elite !== undefined) {
      context.fillStyle = rampColor(elite.storedFitness);
      context.fillRect(x, y + plan.side + 1, plan.side, 2);
    }
  }
}
