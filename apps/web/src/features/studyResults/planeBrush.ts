/**
 * The brush of the plane: a rectangle in the plane's own units, so that it stays in place when the page is resized. Across, it is in units
 * of the nines scale (0 at confidence 0, .4 at .9, one fifth for each further nine; below 0 for images without a confidence); up, it is a
 * share.
 */

export interface Brush {
  readonly left: number;
  readonly right: number;
  /** The lower share, 0 to 1. */
  readonly bottom: number;
  readonly top: number;
}

/** What a brush may cover: the left end is below 0 where the plane has room for images without a confidence. */
export type BrushLimits = Brush;

/** Two decimals of a share in percent, and a hundredth of a nine. */
const decimals = 4;
/** By how much the address may round an edge: an image on the edge stays inside. */
export const edgeRounding = 0.5 * 10 ** -decimals;

/** Reads `left,right,bottom,top`; null if it is not a rectangle. */
export function parseBrush(text: string): Brush | null {
  const parts = text.split(",");
  if (parts.length !== 4 || parts.some((part) => !/^-?\d*\.?\d+$/.test(part))) return null;
  const [left, right, bottom, top] = parts.map(Number) as [number, number, number, number];
  return left <= right && bottom <= top && bottom >= 0 && top <= 1 && left >= -1 && right <= 4 ? { left, right, bottom, top } : null;
}

export function serialiseBrush({ left, right, bottom, top }: Brush): string {
  return [left, right, bottom, top].map((value) => String(Number(value.toFixed(decimals)))).join(",");
}

/** The rectangle between two points, within the limits. */
export function brushBetween(
  one: { readonly x: number; readonly y: number },
  other: { readonly x: number; readonly y: number },
  limits: BrushLimits,
): Brush {
  const across = (value: number): number => Math.min(limits.right, Math.max(limits.left, value));
  const up = (value: number): number => Math.min(limits.top, Math.max(limits.bottom, value));
  return {
    left: across(Math.min(one.x, other.x)),
    right: across(Math.max(one.x, other.x)),
    bottom: up(Math.min(one.y, other.y)),
    top: up(Math.max(one.y, other.y)),
  };
}

/** Moves a brush and keeps its size. */
export function moveBrush(brush: Brush, across: number, up: number, limits: BrushLimits): Brush {
  const dx = Math.min(limits.right - brush.right, Math.max(limits.left - brush.left, across));
  const dy = Math.min(limits.top - brush.top, Math.max(limits.bottom - brush.bottom, up));
  return { left: brush.left + dx, right: brush.right + dx, bottom: brush.bottom + dy, top: brush.top + dy };
}

/** The smallest side of a brush that keys change, as a share of the plane. */
const smallest = 0.02;

/** Moves the right and upper edges of a brush. */
export function resizeBrush(brush: Brush, across: number, up: number, limits: BrushLimits): Brush {
  const [width, height] = [smallest * (limits.right - limits.left), smallest * (limits.top - limits.bottom)];
  return {
    ...brush,
    right: Math.min(limits.right, Math.max(brush.left + width, brush.right + across)),
    top: Math.min(limits.top, Math.max(brush.bottom + height, brush.top + up)),
  };
}

/** A step of the arrow keys, as a share of the plane. */
const step = 0.02;

/**
 * The brush after a key: Enter or Space begins with the upper right quarter, arrows move it, with Shift they resize it, Escape and Delete
 * remove it. Undefined for other keys.
 */
export function brushAfterKey(brush: Brush | null, key: string, shift: boolean, limits: BrushLimits): Brush | null | undefined {
  const [width, height] = [limits.right - limits.left, limits.top - limits.bottom];
  if (key === "Escape" || key === "Delete" || key === "Backspace") return brush === null ? undefined : null;
  if (key === "Enter" || key === " ")
    return brush ?? { left: limits.left + width / 2, right: limits.right, bottom: limits.bottom + height / 2, top: limits.top };
  const arrows: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
  };
  const arrow = arrows[key];
  if (arrow === undefined || brush === null) return undefined;
  const change = shift ? resizeBrush : moveBrush;
  return change(brush, arrow[0] * step * width, arrow[1] * step * height, limits);
}
