/** Figures of results as text: estimate, interval, and number of cases; or why there is none. */
import type { Figure, OrReason } from "@pareidolia/perception/study/results/figure";
import { formatCount } from "../marks/numbers.ts";
import { formatShare } from "./planePoints.ts";

/** A coefficient from -1 to 1 without its leading zero: `.31`, `−.02`. */
export function formatCoefficient(value: number): string {
  const text = Math.abs(value).toFixed(2).replace(/^0/, "");
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** `43.2% (40.1% – 46.3%, n = 2,858)`, or the reason. */
export function describeFigure(figure: OrReason<Figure>, format: (value: number) => string = formatShare): string {
  if (!figure.defined) return figure.reason;
  return `${format(figure.estimate)} (${format(figure.low)} – ${format(figure.high)}, n = ${formatCount(figure.n)})`;
}
