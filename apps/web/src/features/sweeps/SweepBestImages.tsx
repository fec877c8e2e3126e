"use client";
/** The best images over all points of a sweep, or of one point: the surest of each class, or of each bound of attacks. */
import type { SweepFindingsQuery } from "../../graphql/generated/graphql.ts";
import { gallerySearchAddress } from "../gallery/galleryAddress.ts";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { Link } from "../marks/Link.tsx";
import { PixelImage, wholePixels } from "../marks/PixelImage.tsx";
import tileStyles from "../marks/Tile.module.css";
import { EmptyTile } from "../marks/Tile.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { type BestImage, bestImagesOf } from "./bestImages.ts";
import styles from "./Sweeps.module.css";
import { labelOfPoint, type SweepOnPage } from "./sweepOnPage.ts";
import { bestImagesQuery } from "./sweepQueries.ts";

interface SweepBestImagesProps {
  readonly sweep: SweepOnPage;
  /** Undefined while they load. */
  readonly findings: NonNullable<SweepFindingsQuery["sweep"]> | undefined;
  /** Index of the point; null for all. */
  readonly point: number | null;
  onPoint(point: number | null): void;
}

export function SweepBestImages({ sweep, findings, point, onPoint }: SweepBestImagesProps) {
  const images = findings === undefined ? null : bestImagesOf(findings);
  const tools = useDataTools({
    name: `${sweep.key}-best-images`,
    columns: ["label", "confidence", "detail", "run", "image"],
    rows: () => (images ?? []).map(({ label, confidence, detail, runKey, image }) => [label, confidence, detail, runKey, image.url]),
    query: bestImagesQuery(sweep.key, point),
  });
  return (
    <ResultSection
      title="Best images"
      tools={tools}
      note={
        <>
          <select
            className={`input ${styles.pointChoice}`}
            aria-label="Images of"
            value={point ?? ""}
            onChange={(event) => onPoint(event.target.value === "" ? null : Number(event.target.value))}
          >
            <option value="">All points</option>
            {sweep.results.points.map((each) => (
              <option key={each.index} value={each.index}>
                {labelOfPoint(sweep, each)}
              </option>
            ))}
          </select>{" "}
          {sweep.kind === "retraining" ? null : (
            <Link className="link t12" href={gallerySearchAddress(["experiment", sweep.experiment.key], ["kind", sweep.kind])}>
              Open in gallery
            </Link>
          )}
        </>
      }
    >
      {sweep.kind === "retraining" ? (
        <p className="second">The images of a retraining chain belong to its networks. Open a run to see them.</p>
      ) : images?.length === 0 ? (
        <p className="second">
          {sweep.kind === "perturbation" ? "No attack has changed the label yet." : "No run has stored an image yet."}
        </p>
      ) : (
        <div className={styles.images}>
          {images === null
            ? Array.from({ length: 10 }, (_, i) => <EmptyTile key={i} />)
            : images.map((image) => <BestTile key={image.id} {...image} />)}
        </div>
      )}
    </ResultSection>
  );
}

function BestTile({ href, label, confidence, detail, image, runKey }: BestImage) {
  return (
    <div>
      <Link className={tileStyles.tile} style={wholePixels(image.width)} href={href} prefetch={false}>
        <span className={tileStyles.tileImage}>
          <PixelImage image={image} zoom={3} alt="" fluid />
        </span>
        <ConfidenceBar className={tileStyles.confidenceBar} value={confidence} />
        <span className={styles.bestPlaque}>
          <b title={label}>{label}</b>
          <span className="n12">{formatConfidence(confidence)}</span>
          {detail === "" ? null : <span className={`t12 muted ${styles.bestDetail}`}>{detail}</span>}
        </span>
      </Link>
      <Link className="n11 muted" href={`/runs/${runKey}`}>
        {runKey}
      </Link>
    </div>
  );
}
