"use client";
/** Every counted image with its votes so far, in the plan's order. */

import { intervalOfShare, type ShareInterval } from "@pareidolia/perception/intervals/shareInterval";
import { useState } from "react";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { Confidence } from "../marks/Confidence.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import { Link } from "../marks/Link.tsx";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import type { AgreementWords } from "../studyResults/agreementWords.ts";
import { decisionCells, decisionColumns, decisionText } from "./imageDecisions.ts";
import { imagesQuery } from "./imagesQuery.ts";
import { nameOfSource } from "./nameOfSource.ts";
import styles from "./StudyView.module.css";

const rowsAtOnce = 100;
const side = 28;

interface StudyImageTableProps {
  readonly studyKey: string;
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  /** Voters to whom each image is assigned. */
  readonly overlap: number | null;
  readonly interval: ShareInterval;
  /** What votes that agree are, over all questions. */
  readonly words: Pick<AgreementWords, "column">;
}

/** `43.2%`. */
function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

export function StudyImageTable({ studyKey, images, classNames, overlap, interval: kind, words }: StudyImageTableProps) {
  const [count, setCount] = useState(rowsAtOnce);
  const nameOf = (label: number) => splitLabel(classNames[label] ?? `class ${label}`).name;
  const intervalOf = ({ agreeing, votes }: StudyImageRowFragment) => (votes === 0 ? null : intervalOfShare(kind, agreeing, votes));
  const { toolbar, content } = useDataTools({
    name: `${studyKey}-images`,
    columns: ["index", "image", "label", "source", "machine confidence", "votes", "agreeing", ...intervalColumns(), ...decisionColumns],
    rows: images.map((row) => {
      const interval = intervalOf(row);
      return [
        row.index,
        row.image.sha256,
        nameOf(row.label),
        row.source,
        row.confidence ?? null,
        row.votes,
        row.agreeing,
        ...intervalCells({ ...interval, intervalReason: interval === null ? "no votes" : null }, "other voters"),
        ...decisionCells(row.decisions),
      ];
    }),
    query: imagesQuery(studyKey),
  });
  const hasDecisions = images.some(({ decisions }) => decisions.length > 0);
  return (
    <section aria-labelledby="study-image-table">
      <div className="sectionHead">
        <h2 id="study-image-table">{formatCount(images.length)} images</h2>
        {toolbar}
      </div>
      {content}
      <table className={styles.images}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visuallyHidden">Image</span>
            </th>
            <th scope="col">Machine’s label</th>
            <th scope="col" className={styles.wide}>
              Source
            </th>
            <th scope="col" className="right">
              Machine
            </th>
            <th scope="col" className="right">
              Votes
            </th>
            <th scope="col" className="right">
              {words.column}
            </th>
            <th scope="col" className={`right ${styles.wide}`}>
              95% interval for other voters
            </th>
            {hasDecisions ? (
              <th scope="col" className={styles.wide}>
                Decided
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {images.slice(0, count).map((row) => {
            const interval = intervalOf(row);
            const name = nameOf(row.label);
            return (
              <tr key={row.image.sha256}>
                <td>
                  <PixelImage image={row.image} zoom={imageZoom(row.image, side)} alt="" />
                </td>
                <td>
                  {row.eliteId ? (
                    <Link className="link" href={`/elites/${row.eliteId}`} prefetch={false}>
                      {name}
                    </Link>
                  ) : (
                    name
                  )}
                </td>
                <td className={`${styles.wide} second`}>{nameOfSource(row.source)}</td>
                <td className="right">
                  <Confidence value={row.confidence} size="n12" />
                </td>
                <td className="right n12">
                  {formatCount(row.votes)}
                  {overlap === null ? null : <span className="muted"> / {formatCount(overlap)}</span>}
                </td>
                <td className="right n12 people">{interval === null ? "–" : formatShare(interval.estimate)}</td>
                <td className={`right n12 ${styles.wide}`}>
                  {interval === null ? "–" : `${formatShare(interval.low)} – ${formatShare(interval.high)}`}
                </td>
                {hasDecisions ? (
                  <td className={`${styles.wide} t12 second`}>
                    {row.decisions.map((decision) => (
                      <Link
                        key={decision.room}
                        className={`link ${styles.decision}`}
                        href={`/studies/${studyKey}/room/${decision.room}`}
                        title={decision.reason}
                        prefetch={false}
                      >
                        {decisionText(decision)}
                      </Link>
                    ))}
                  </td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
      {count < images.length ? (
        <Button look="quiet" onClick={() => setCount(count + rowsAtOnce)}>
          Show more
        </Button>
      ) : null}
    </section>
  );
}
