/** The drawing of a response matrix: base rates above the columns, shares of each row in its cells, and the share right at the right. */
import { scaleLinear } from "d3-scale";
import type { RefObject } from "react";
import chartStyles from "../charts/Chart.module.css";
import { IntervalMark } from "./IntervalRows.tsx";
import type { MatrixRow, ResponseMatrixRows } from "./matrixOf.ts";
import { describeFigure, formatShare, formatWholePercent } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

const top = 96;
const left = 118;
const matrixWidth = 390;
const rightGap = 36;
const rightWidth = 172;

interface MatrixChartProps {
  readonly matrix: ResponseMatrixRows;
  imageOf(label: number): string | null;
  readonly svg: RefObject<SVGSVGElement | null>;
}

/** A rate at or above every value, at a multiple of a tenth. */
const endOf = (values: readonly number[]): number => Math.min(1, Math.ceil(Math.max(0.1, ...values) * 10) / 10);

const shortened = (name: string, most: number): string => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

export function MatrixChart({ matrix, imageOf, svg }: MatrixChartProps) {
  const { rows, names, all, equalShare } = matrix;
  const cell = Math.min(56, matrixWidth / Math.max(1, rows.length));
  const rowHeight = Math.max(16, Math.min(28, cell));
  const [width, bottom] = [cell * rows.length, top + rowHeight * rows.length];
  const fullWidth = left + width + rightGap + rightWidth;
  const rates = scaleLinear(
    [0, endOf(rows.map(({ baseRate }) => (baseRate.defined ? baseRate.high : (baseRate.estimate ?? 0))))],
    [top - 14, 28],
  );
  const rightEnd = endOf(
    rows.flatMap(({ right, baseRate }) => [right.defined ? right.high : (right.estimate ?? 0), baseRate.estimate ?? 0]),
  );
  const right = scaleLinear([0, rightEnd], [left + width + rightGap, fullWidth - 10]);
  const isFine = cell < 22;
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={fullWidth}
      height={bottom + 46}
      role="img"
      aria-label={`Answers of people to images of each of ${names.length} categories. The table has the numbers.`}
    >
      <text x={left} y={12} className={chartStyles.chartLabel}>
        How often each is answered
      </text>
      <text
        x={left + width}
        y={12}
        textAnchor="end"
        className={chartStyles.chartLabel}
        style={{ display: width < 320 ? "none" : undefined }}
      >
        dashed: each is due {formatShare(equalShare)}
      </text>
      {rates.ticks(2).map((tick) => (
        <g key={tick}>
          <line x1={left} x2={left + width} y1={rates(tick)} y2={rates(tick)} className={chartStyles.chartRule} />
          <text x={left - 8} y={rates(tick) + 4} textAnchor="end">
            {formatShare(tick)}
          </text>
        </g>
      ))}
      <line x1={left} x2={left + width} y1={rates(equalShare)} y2={rates(equalShare)} stroke="var(--ink)" strokeDasharray="3 3" />
      {rows.map(({ name, baseRate }, column) => (
        <g key={name}>
          <title>{`${name}: ${describeFigure(baseRate, formatShare)}`}</title>
          {baseRate.defined ? (
            <line
              x1={left + (column + 0.5) * cell}
              x2={left + (column + 0.5) * cell}
              y1={rates(baseRate.low)}
              y2={rates(baseRate.high)}
              stroke="var(--people)"
              strokeWidth={isFine ? 2 : 3}
              opacity={0.45}
            />
          ) : null}
          {baseRate.estimate === undefined ? null : (
            <circle cx={left + (column + 0.5) * cell} cy={rates(baseRate.estimate)} r={isFine ? 2.5 : 3.5} fill="var(--people)" />
          )}
        </g>
      ))}
      {rows.map((row, index) => (
        <MatrixRowMarks
          key={row.name}
          row={row}
          index={index}
          y={top + index * rowHeight}
          cell={cell}
          rowHeight={rowHeight}
          image={row.label === null ? null : imageOf(row.label)}
        />
      ))}
      {names.map((name, column) => (
        <text key={name} x={left + (column + 0.5) * cell} y={bottom + 16} textAnchor="middle">
          {shortened(name, Math.max(1, Math.floor(cell / 7)))}
        </text>
      ))}
      <text x={left} y={bottom + 38} className={chartStyles.chartLabel}>
        Columns: people’s answer. Rows: the machine’s, in % of the row’s votes.
        {all > rows.length ? ` The ${rows.length} most frequent of ${all}.` : ""}
      </text>
      <text x={left + width + rightGap} y={top - 30} className={chartStyles.chartLabel}>
        Right, by row
      </text>
      <text x={left + width + rightGap} y={top - 14} className={chartStyles.chartLabel}>
        tick: base rate
      </text>
      {right.ticks(3).map((tick) => (
        <g key={tick}>
          <line
            x1={right(tick)}
            x2={right(tick)}
            y1={top}
            y2={bottom}
            className={tick === 0 ? chartStyles.chartFrame : chartStyles.chartRule}
          />
          <text x={right(tick)} y={bottom + 16} textAnchor="middle">
            {formatShare(tick)}
          </text>
        </g>
      ))}
      {rows.map(({ name, right: figure, baseRate }, index) => {
        const y = top + (index + 0.5) * rowHeight;
        return (
          <g key={name}>
            <title>{`${name}, right: ${describeFigure(figure, formatShare)}`}</title>
            {baseRate.estimate === undefined ? null : (
              <line
                x1={right(baseRate.estimate)}
                x2={right(baseRate.estimate)}
                y1={y - 6}
                y2={y + 6}
                stroke="var(--ink)"
                strokeWidth={1.5}
              />
            )}
            <IntervalMark figure={figure} x={right} y={y} format={formatShare} />
          </g>
        );
      })}
    </svg>
  );
}

interface MatrixRowMarksProps {
  readonly row: MatrixRow;
  readonly index: number;
  readonly y: number;
  readonly cell: number;
  readonly rowHeight: number;
  readonly image: string | null;
}

function MatrixRowMarks({ row, index, y, cell, rowHeight, image }: MatrixRowMarksProps) {
  return (
    <g>
      <text x={left - 34} y={y + rowHeight / 2 + 4} textAnchor="end" className={styles.rowName}>
        {shortened(row.name, 12)}
      </text>
      {image === null ? null : (
        <image
          href={image}
          x={left - 28}
          y={y}
          width={22}
          height={rowHeight - 1}
          preserveAspectRatio="xMidYMid slice"
          className={styles.pixels}
        />
      )}
      {row.counts.map((count, column) => {
        const share = row.targets === 0 ? 0 : count / row.targets;
        return (
          <g key={column}>
            <rect
              x={left + column * cell + 0.5}
              y={y + 0.5}
              width={cell - 1}
              height={rowHeight - 1}
              fill="var(--people)"
              fillOpacity={0.04 + 0.56 * share}
              stroke={column === index ? "var(--ink)" : "none"}
            />
            {cell >= 22 ? (
              <text x={left + (column + 0.5) * cell} y={y + rowHeight / 2 + 4} textAnchor="middle" className={styles.cellNumber}>
                {row.targets === 0 ? "–" : formatWholePercent(share)}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}
