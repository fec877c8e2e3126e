"use client";
/** The transfer matrix: networks that images were made for (rows) and networks that scored them (columns), with 95% intervals. */
import type { TransferQuery } from "../../graphql/generated/graphql.ts";
import { ConfidenceSwatch } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./Transfer.module.css";

type Matrix = TransferQuery["transferMatrix"];
export type TransferCell = Matrix["cells"][number];

export const formatShare = (share: number): string => `${(share * 100).toFixed(1)}%`;

export function medianOf(cell: TransferCell): number | null {
  return cell.otherConfidence.find(({ probability }) => probability === 0.5)?.value ?? null;
}

interface TransferMatrixProps {
  readonly matrix: Matrix;
  readonly chosen: TransferCell | null;
  readonly onChoose: (cell: TransferCell) => void;
}

export function TransferMatrix({ matrix, chosen, onChoose }: TransferMatrixProps) {
  const { models, cells } = matrix;
  const sources = models.filter(({ id }) => cells.some((cell) => cell.source.id === id));
  const others = models.filter(({ id }) => cells.some((cell) => cell.other.id === id));
  const find = (source: string, other: string) => cells.find((cell) => cell.source.id === source && cell.other.id === other);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Transfer matrix">
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">evolved against</th>
            {others.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map(({ id, name, labelSpace }) => (
            <tr key={id}>
              <th scope="row">
                {name}
                <span className="t12 muted">
                  {formatCount(Math.max(0, ...cells.filter((cell) => cell.source.id === id).map(({ images }) => images)))} images
                </span>
              </th>
              {others.map((other) => {
                const cell = find(id, other.id);
                return (
                  <td key={other.id}>
                    {cell === undefined ? (
                      <span className="muted">{labelSpace === other.labelSpace ? "not scored" : "other classes"}</span>
                    ) : (
                      <CellButton
                        cell={cell}
                        own={id === other.id}
                        name={`${name} to ${other.name}`}
                        pressed={cell === chosen}
                        onChoose={() => onChoose(cell)}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellButtonProps {
  readonly cell: TransferCell;
  readonly own: boolean;
  readonly name: string;
  readonly pressed: boolean;
  readonly onChoose: () => void;
}

function CellButton({ cell, own, name, pressed, onChoose }: CellButtonProps) {
  const { sameTop, confidentOnBoth } = cell;
  const median = medianOf(cell);
  return (
    <button type="button" className={styles.cell} aria-pressed={pressed} onClick={onChoose} onFocus={onChoose} onPointerEnter={onChoose}>
      <span className="visuallyHidden">{name}: same top label </span>
      {own ? <span className="t12 muted">evolved here</span> : <span className="n">{formatShare(sameTop.estimate)}</span>}
      {own ? null : (
        <span className={styles.interval} aria-hidden="true">
          <i style={{ left: `${sameTop.low * 100}%`, width: `${(sameTop.high - sameTop.low) * 100}%` }} />
          <b style={{ left: `${sameTop.estimate * 100}%` }} />
        </span>
      )}
      {median === null ? null : (
        <span className="n12">
          <ConfidenceSwatch value={median} /> <span className="visuallyHidden">median confidence </span>
          {formatConfidence(median)}
        </span>
      )}
      <span className="n11 muted">
        {formatShare(confidentOnBoth.estimate)}
        <span className={styles.small}> ≥ .9999 on both</span>
      </span>
    </button>
  );
}
