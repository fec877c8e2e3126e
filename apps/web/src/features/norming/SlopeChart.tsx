"use client";
/**
 * Votes of a norming room: a row for each choice with its counts, and a line for each voter from the blind vote to the second one. Only
 * lines that moved are dark and named.
 */
import type { RefObject } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import styles from "./Norming.module.css";
import { describeMoves, rowHeight, type SlopeLine, type SlopeRow } from "./slopes.ts";

const usualWidth = 280;
/** Room for a pseudonym on the left, and for half a dot on the right. */
const left = 52;
const rightMargin = 8;

function pathOf({ from, to }: SlopeLine, right: number): string {
  if (to === null) return "";
  const middle = (left + right) / 2;
  return `M${left},${from.y}C${middle},${from.y} ${middle},${to.y} ${right},${to.y}`;
}

interface SlopeChartProps {
  readonly rows: readonly SlopeRow[];
  readonly lines: readonly SlopeLine[];
  readonly svg: RefObject<SVGSVGElement | null>;
}

export function SlopeChart({ rows, lines, svg }: SlopeChartProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(usualWidth);
  const right = width - rightMargin;
  const again = lines.filter(({ to }) => to !== null).length;
  const moves = describeMoves(lines);
  const named = lines.map((line) => {
    const to = line.to === null ? "no second vote" : (rows[line.to.row]?.name ?? "");
    return `${line.member}: ${rows[line.from.row]?.name ?? ""}, then ${to}`;
  });
  return (
    <div className={styles.slopes}>
      <div className={styles.slopeHead}>
        <span />
        <span>blind</span>
        <span className={styles.slopeMoves}>{moves ?? ""}</span>
        <span>{again > 0 ? "again" : ""}</span>
      </div>
      <div className={styles.slopeBody}>
        <ul>
          {rows.map(({ label, name, blind, again: second }) => (
            <li key={label ?? "nothing"} style={{ height: rowHeight }}>
              <span className={label === null ? styles.slopeNothing : styles.slopeName} title={name}>
                {name}
              </span>
              <span className="n12 people">
                {blind} / {lines.length}
              </span>
              <span />
              <span className="n12 people">{again > 0 ? `${second} / ${again}` : ""}</span>
            </li>
          ))}
        </ul>
        <div ref={frame} className={styles.slopeFrame}>
          <svg
            ref={svg}
            className={styles.slopeChart}
            width={width}
            height={rows.length * rowHeight}
            role="img"
            aria-label={`Votes by voter. ${named.join("; ")}.`}
          >
            {lines.map((line) => (
              <g key={line.member} className={line.moved ? styles.moved : styles.stayed}>
                {line.to === null ? null : <path d={pathOf(line, right)} />}
                <circle cx={left} cy={line.from.y} r={3.5}>
                  <title>{line.member}</title>
                </circle>
                {line.to === null ? null : (
                  <circle cx={right} cy={line.to.y} r={3.5}>
                    <title>{line.member}</title>
                  </circle>
                )}
                {line.moved ? (
                  <text x={left - 10} y={line.from.y + 4} textAnchor="end">
                    {line.member}
                  </text>
                ) : null}
              </g>
            ))}
          </svg>
        </div>
      </div>
    </div>
  );
}
