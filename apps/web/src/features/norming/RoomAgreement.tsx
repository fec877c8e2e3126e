"use client";
/** Agreement in a norming room before and after the discussion, with intervals. */

import { useRef } from "react";
import type { RoomAgreementQuery } from "../../graphql/generated/graphql.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import { agreementRows, agreementScale, formatAlpha, imagesOfRows } from "./agreementRows.ts";
import styles from "./Norming.module.css";
import { roomAgreementQuery } from "./roomQueries.ts";

type Agreement = Extract<NonNullable<RoomAgreementQuery["node"]>, { readonly __typename: "NormingRoom" }>["agreement"];

/** The API's reason before the first such vote. */
const noVotes = "There are no such votes yet.";
const rowHeight = 32;
const names = 92;
const values = 40;
const axisHeight = 24;

export function RoomAgreement({ roomId, agreement }: { readonly roomId: string; readonly agreement: Agreement }) {
  const svg = useRef<SVGSVGElement>(null);
  const [frame, width] = useElementWidth<HTMLDivElement>(360);
  const rows = agreementRows(agreement);
  const { ticks, low } = agreementScale(rows);
  const x = (value: number): number => names + ((value - low) / (1 - low)) * (width - names - values - 12);
  const height = rows.length * rowHeight + axisHeight;
  const tools = useDataTools({
    name: "room-agreement",
    columns: ["votes", "alpha", ...intervalColumns(), "images", "voteCount"],
    rows: rows.map(({ name, estimate, low: from, high, images, votes, reason }) => [
      name,
      estimate,
      ...intervalCells({ low: from, high, intervalReason: reason }, "other members and other images"),
      images,
      votes,
    ]),
    query: roomAgreementQuery(roomId),
    svg,
  });
  const reasons = rows.flatMap(({ name, reason }) => (reason === null || reason === noVotes ? [] : [`${name}: ${reason}`]));
  const described = rows.map((row) =>
    row.estimate === null
      ? `${row.name}: ${row.reason}`
      : row.low === null || row.high === null
        ? `${row.name}: ${formatAlpha(row.estimate)}. ${row.reason}`
        : `${row.name}: ${formatAlpha(row.estimate)}, from ${formatAlpha(row.low)} to ${formatAlpha(row.high)}, ${row.images} images`,
  );
  return (
    <section aria-labelledby="agreement">
      <div className={styles.votesHead}>
        <h2 id="agreement">Agreement in this room</h2>
        {tools.toolbar}
      </div>
      {tools.content}
      <div ref={frame}>
        <svg ref={svg} className={styles.agreement} width={width} height={height} role="img" aria-label={`${described.join("; ")}.`}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={0} y2={height - axisHeight} className={tick === 0 ? styles.zero : styles.tick} />
              <text x={x(tick)} y={height - 6} textAnchor="middle">
                {formatAlpha(tick)}
              </text>
            </g>
          ))}
          {rows.map((row, index) => {
            const y = (index + 0.5) * rowHeight;
            return (
              <g key={row.name}>
                <text x={0} y={y + 4} className={styles.agreementName}>
                  {row.name}
                </text>
                {row.estimate === null ? (
                  <text x={x(Math.max(0, low)) + 8} y={y + 4}>
                    {row.reason === noVotes ? "not yet" : "undefined"}
                  </text>
                ) : (
                  <>
                    {row.low === null || row.high === null ? null : (
                      <line x1={x(row.low)} x2={x(row.high)} y1={y} y2={y} className={styles.whisker} />
                    )}
                    <circle cx={x(row.estimate)} cy={y} r={4.5} className={row.isAgain ? styles.again : styles.blind} />
                    <text x={width} y={y + 4} textAnchor="end" className={styles.agreementValue}>
                      {formatAlpha(row.estimate)}
                    </text>
                  </>
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <p className={`t12 muted ${styles.agreementNote}`}>
        Krippendorff’s α, nominal, with 95% intervals for other members and other images; {imagesOfRows(rows)}. {reasons.join(" ")} Votes
        cast after the discussion are not independent. No vote in this room enters the study’s results.
      </p>
    </section>
  );
}
