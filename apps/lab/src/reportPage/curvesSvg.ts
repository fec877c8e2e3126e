/** Curves as an inline SVG: axes with round ticks, one line per series, a legend below; colours for light and dark backgrounds. */
import type { Figure } from "../experiments/experiment.ts";
import { escapeHtml } from "./escapeHtml.ts";

type Curves = Extract<Figure, { kind: "curves" }>;

const size = { width: 640, height: 320, left: 56, right: 16, top: 12, bottom: 40 };
/** Okabe and Ito's palette (2008), distinguishable with all common forms of colour blindness. */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a7f00", "#555555"];

export function curvesSvg({ title, x, y, series }: Curves): string {
  const points = series.flatMap((line) => line.points);
  if (points.length === 0) return "";
  const across = scale(
    points.map(([value]) => value),
    size.left,
    size.width - size.right,
  );
  const up = scale(
    points.map(([, value]) => value),
    size.height - size.bottom,
    size.top,
  );
  const bottom = size.height - size.bottom;
  const ticks = [
    ...across.ticks.map(
      (tick) =>
        `<text x="${across.at(tick)}" y="${bottom + 16}" text-anchor="middle">${tick}</text><path d="M${across.at(tick)} ${bottom}v4"/>`,
    ),
    ...up.ticks.map(
      (tick) =>
        `<text x="${size.left - 8}" y="${up.at(tick) + 4}" text-anchor="end">${tick}</text><path class="grid" d="M${size.left} ${up.at(tick)}H${size.width - size.right}"/>`,
    ),
  ];
  const lines = series.map(
    ({ points: line }, index) =>
      `<path class="curve" style="stroke:${colours[index % colours.length]}" d="${line.map(([a, b], i) => `${i === 0 ? "M" : "L"}${across.at(a).toFixed(1)} ${up.at(b).toFixed(1)}`).join("")}"/>`,
  );
  const legend = series.map(({ name }, index) => `<li style="--line:${colours[index % colours.length]}">${escapeHtml(name)}</li>`);
  return `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escapeHtml(title)}">${ticks.join("")}<path d="M${size.left} ${size.top}V${bottom}H${size.width - size.right}"/>${lines.join("")}<text x="${size.width - size.right}" y="${size.height - 6}" text-anchor="end">${escapeHtml(x)}</text><text x="4" y="${size.top + 2}" dominant-baseline="middle" class="y">${escapeHtml(y)}</text></svg><ul class="legend">${legend.join("")}</ul>`;
}

interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

function scale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  const rough = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * rough).find((candidate) => span / candidate <= 6) ?? rough;
  const ticks: number[] = [];
  for (let n = Math.ceil(low / step); n * step <= high + step * 1e-9; n++) ticks.push(Number((n * step).toPrecision(6)));
  return { at: (value) => from + ((value - low) / span) * (to - from), ticks };
}
