"use client";
/** The surest image of each class over all points of a sweep, or of one point. */
import type { SweepFindingsQuery } from "../../graphql/generated/graphql.ts";
import { Link } from "../marks/Link.tsx";
import { EmptyTile, Tile } from "../marks/Tile.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Sweeps.module.css";
import { labelOfPoint, type SweepOnPage } from "./sweepOnPage.ts";

type Elites = NonNullable<SweepFindingsQuery["sweep"]>["bestElites"];

interface SweepBestImagesProps {
  readonly sweep: SweepOnPage;
  /** Null while they load. */
  readonly elites: Elites | null;
  /** Index of the point; null for all. */
  readonly point: number | null;
  onPoint(point: number | null): void;
}

export function SweepBestImages({ sweep, elites, point, onPoint }: SweepBestImagesProps) {
  const isEvolution = sweep.kind === "evolution";
  return (
    <ResultSection
      title="Best images"
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
          <Link className="link t12" href={`/gallery?experiment=${sweep.experiment.key}`}>
            Open in gallery
          </Link>
        </>
      }
    >
      {!isEvolution ? (
        <p className="second">Open a run to see its images.</p>
      ) : elites !== null && elites.length === 0 ? (
        <p className="second">No run has stored an image yet.</p>
      ) : (
        <div className={styles.images}>
          {elites === null
            ? Array.from({ length: 10 }, (_, i) => <EmptyTile key={i} />)
            : elites.map((elite) => (
                <div key={elite.id}>
                  <Tile elite={elite} zoom={3} />
                  <Link className="n11 muted" href={`/runs/${elite.run.key}`}>
                    {elite.run.key}
                  </Link>
                </div>
              ))}
        </div>
      )}
    </ResultSection>
  );
}
