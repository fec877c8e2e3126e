/** Tables for people: as wide as the window, the last column that may shrink gives way. */
import { printable } from "./controlCharacters.ts";

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
}

/** Grapheme clusters; combining marks and emoji are one each. */
const segmenter = new Intl.Segmenter();
/** East Asian wide and fullwidth characters, and emoji, take two cells. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}]/u;
function clusters(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const widthOfCluster = (cluster: string): number => (wide.test(cluster) ? 2 : 1);

export function widthOf(text: string): number {
  return clusters(text).reduce((sum, cluster) => sum + widthOfCluster(cluster), 0);
}

export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const cluster of clusters(text)) {
    if (used + widthOfCluster(cluster) > width - 1) break;
    kept += cluster;
    used += widthOfCluster(cluster);
  }
  return `${kept}…`;
}

const pad = (text: string, width: number, right: boolean): string => {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
};

const gap = "  ";
const narrowest = 8;

/** Takes from the widest columns first, until all fit or none may shrink any more. */
function fit(widths: number[], width: number): number[] {
  const fitted = [...widths];
  const total = (): number => fitted.reduce((sum, each) => sum + each, 0) + gap.length * (fitted.length - 1);
  while (total() > width) {
    const widest = Math.max(...fitted);
    if (widest <= narrowest) break;
    fitted[fitted.indexOf(widest)] = widest - 1;
  }
  return fitted;
}

/** `width` is null where nothing needs to fit, such as a file. Each line ends with a newline. */
export function drawTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number | null): string {
  const cells = rows.map((row) => columns.map(({ value }) => printable(value(row))));
  const natural = columns.map(({ title }, index) => Math.max(widthOf(title), ...cells.map((line) => widthOf(line[index] ?? ""))));
  const widths = width === null ? natural : fit(natural, width);
  const drawLine = (line: readonly string[]): string =>
    line
      .map((text, index) => pad(shorten(text, widths[index] ?? 0), widths[index] ?? 0, columns[index]?.isNumber === true))
      .join(gap)
      .trimEnd();
  return [columns.map(({ title }) => title.toUpperCase()), ...cells].map((line) => `${drawLine(line)}\n`).join("");
}

/** Names and values, one a line. */
export function drawPairs(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => widthOf(name)));
  return pairs.map(([name, value]) => `${pad(name, width, false)}${gap}${printable(value)}\n`).join("");
}
