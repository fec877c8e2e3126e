/** The selected pair of networks: number of images, shares with intervals, and the quantiles of the other network's confidence. */
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import keyValuesStyles from "../marks/KeyValues.module.css";
import { formatCount } from "../marks/numbers.ts";
import styles from "./Transfer.module.css";
import { formatShare, type TransferCell } from "./TransferMatrix.tsx";

interface TransferDetailProps {
  readonly cell: TransferCell;
  readonly source: string;
  readonly other: string;
}

const quantileNames = new Map([
  [0, "minimum"],
  [0.25, "lower quartile"],
  [0.5, "median"],
  [0.75, "upper quartile"],
  [1, "maximum"],
]);

export function TransferDetail({ cell, source, other }: TransferDetailProps) {
  const shares = [
    ["same top label", cell.sameTop],
    ["classified as the class they were made for", cell.fooled],
    ["≥ .9999 on both", cell.confidentOnBoth],
    ["≥ .9999 on the first only", cell.confidentOnSourceOnly],
  ] as const;
  return (
    <aside className={styles.detail} aria-live="polite">
      <h2>
        {source} <span className="muted">to</span> {other}
      </h2>
      <p className="second">
        <span className="n12">{formatCount(cell.images)}</span> images scored by both.
      </p>
      <dl className={keyValuesStyles.keyValues}>
        {shares.map(([name, share]) => (
          <div key={name} className={styles.shareRow}>
            <dt>{name}</dt>
            <dd className="n12">
              {formatShare(share.estimate)}{" "}
              <span className="n11 muted">
                {formatShare(share.low)} to {formatShare(share.high)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <h3>Confidence of {other}</h3>
      <ul>
        {cell.otherConfidence.map(({ probability, value }) => (
          <li key={probability} className={styles.quantile}>
            <span className="t12 muted">{quantileNames.get(probability) ?? `${(probability * 100).toFixed(0)}% quantile`}</span>
            <span className="n12">{formatConfidence(value)}</span>
            <ConfidenceBar value={value} />
          </li>
        ))}
      </ul>
      <p className="t12 muted">
        Shares have 95% Wilson intervals for other images. The coloured square in the matrix is the other network’s median confidence in the
        class that the images were made for.
      </p>
    </aside>
  );
}
