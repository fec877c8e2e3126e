/** The images inside the brush of the plane, most agreed first. */
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { formatShare, type PlanePoint } from "./planePoints.ts";
import styles from "./StudyPlane.module.css";

const mostShown = 30;
const side = 84;

interface BrushedImagesProps {
  readonly points: readonly PlanePoint[];
  readonly hasBrush: boolean;
  nameOf(label: number): string;
  onClear(): void;
}

export function BrushedImages({ points, hasBrush, nameOf, onClear }: BrushedImagesProps) {
  const sorted = [...points].sort((a, b) => b.share - a.share || b.confidence - a.confidence);
  return (
    <section aria-labelledby="study-brushed" className={styles.brushed}>
      <div className="sectionHead">
        <h2 id="study-brushed" aria-live="polite">
          {formatCount(points.length)} selected
        </h2>
        {hasBrush ? (
          <button type="button" className={toolButtonStyles.toolButton} onClick={onClear}>
            Clear
          </button>
        ) : null}
      </div>
      {hasBrush ? null : <p className="t12 muted">Drag a rectangle over the plane, or use the arrow keys on it, to see its images here.</p>}
      <ul className={styles.brushedImages}>
        {sorted.slice(0, mostShown).map(({ row, confidence, votes, share, low, high }) => {
          const content = (
            <>
              <PixelImage image={row.image} zoom={imageZoom(row.image, side)} alt="" />
              <ConfidenceBar value={confidence} />
              <b>{nameOf(row.label)}</b>
              <span className="n12 people" title={`${formatShare(share)}, 95% interval ${formatShare(low)} – ${formatShare(high)}`}>
                {row.agreeing} / {votes}
              </span>
            </>
          );
          return (
            <li key={row.image.sha256}>
              {row.eliteId ? (
                <Link href={`/elites/${row.eliteId}`} prefetch={false}>
                  {content}
                </Link>
              ) : (
                <span>{content}</span>
              )}
            </li>
          );
        })}
      </ul>
      {points.length > mostShown ? <p className="t12 muted">The first {mostShown} are shown.</p> : null}
    </section>
  );
}
