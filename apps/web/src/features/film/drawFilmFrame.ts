/** Draws one frame of a film: the archive after a generation, in the page's colours and fonts. */
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { formatConfidence, ninesScale, rampColor } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";
import { type FilmPlan, filmHead, filmMargin } from "./filmPlan.ts";

/** An image source and the rectangle of it that shows one niche. */
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

export interface FilmStyle {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly mount: string;
  readonly frame: string;
  readonly text: string;
  readonly mono: string;
}

export function readFilmStyle(element: Element): FilmStyle {
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

function truncate(context: CanvasRenderingContext2D, text: string, maxWidth: number): string {
  if (context.measureText(text).width <= maxWidth) return text;
  let length = text.length - 1;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > maxWidth) length--;
  return `${text.slice(0, length)}…`;
}

function drawHead(context: CanvasRenderingContext2D, plan: FilmPlan, frame: FilmFrame, style: FilmStyle): void {
  context.textBaseline = "alphabetic";
  context.fillStyle = style.muted;
  context.font = `12px ${style.mono}`;
  context.textAlign = "right";
  const position = `generation ${frame.generation} of ${frame.last}`;
  context.fillText(position, plan.width - filmMargin, 30);
  const maxWidth = plan.width - 2 * filmMargin - context.measureText(position).width - 16;
  context.textAlign = "left";
  context.fillStyle = style.ink;
  context.font = `500 15px ${style.text}`;
  context.fillText(truncate(context, frame.title, maxWidth), filmMargin, 30);
}

function drawPlaque(
  context: CanvasRenderingContext2D,
  position: { x: number; y: number; side: number },
  content: { label: string; confidence: number | undefined },
  style: FilmStyle,
): void {
  const { x, y, side } = position;
  const { confidence } = content;
  const bar = y + side + 6;
  if (confidence !== undefined) {
    context.fillStyle = rampColor(confidence);
    context.fillRect(x, bar, Math.round(side * ninesScale(confidence)), 5);
  }
  context.strokeStyle = style.frame;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, bar + 0.5, side - 1, 4);
  context.font = `12px ${style.mono}`;
  context.textAlign = "right";
  context.fillStyle = style.ink;
  const number = confidence === undefined ? "" : formatConfidence(confidence);
  context.fillText(number, x + side, bar + 22);
  const maxWidth = side - context.measureText(number).width - 8;
  context.textAlign = "left";
  context.font = `500 13px ${style.text}`;
  context.fillText(truncate(context, splitLabel(content.label).name, maxWidth), x, bar + 22);
}

export function drawFilmFrame(context: CanvasRenderingContext2D, plan: FilmPlan, frame: FilmFrame, style: FilmStyle): void {
  context.fillStyle = style.paper;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  drawHead(context, plan, frame, style);
  const byNiche = new Map(frame.elites.map((elite) => [elite.niche, elite]));
  for (const [niche, label] of frame.labels.entries()) {
    const x = filmMargin + (niche % plan.columns) * plan.stepX;
    const y = filmHead + Math.floor(niche / plan.columns) * plan.stepY;
    const elite = byNiche.get(niche);
    const image = elite === undefined ? null : frame.imageOf(elite);
    if (image === null) {
      context.fillStyle = style.mount;
      context.fillRect(x, y, plan.side, plan.side);
    } else {
      context.imageSmoothingEnabled = image.width > plan.side;
      context.imageSmoothingQuality = "high";
      context.drawImage(image.source, image.x, image.y, image.width, image.height, x, y, plan.side, plan.side);
    }
    if (plan.kind === "plaques") drawPlaque(context, { x, y, side: plan.side }, { label, confidence: elite?.storedConfidence }, style);
    else if (elite !== undefined) {
      context.fillStyle = rampColor(elite.storedConfidence);
      context.fillRect(x, y + plan.side + 1, plan.side, 2);
    }
  }
}
