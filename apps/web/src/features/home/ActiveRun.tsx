"use client";
/** A queued or running run: small live images of its results, its progress and its speed. */
import type { HomeQuery, ListTrajectoryFragment } from "../../graphql/generated/graphql.ts";
import { ArchivePreview } from "../archiveCanvas/ArchivePreview.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { Link } from "../marks/Link.tsx";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { OutcomeCount } from "../marks/Outcome.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import tileStyles from "../marks/Tile.module.css";
import { EmptyTile, Tile } from "../marks/Tile.tsx";
import { useRunFeed } from "../run/useRunFeed.ts";
import styles from "./ActiveRun.module.css";
import { ascentTiles } from "./ascentTiles.ts";
import { describePace } from "./pace.ts";

type ActiveRunRow = HomeQuery["active"]["nodes"][number];

const maxTiles = 10;
/** A constant for the runs of other kinds, so that their feeds do not change at every render. */
const noEvolution = { archive: [], statistics: [] };

function Position({ run, share }: { run: ActiveRunRow; share: number }) {
  if (run.__typename !== "EvolutionRun") return <span className="n12">{Math.floor(share * 100)}%</span>;
  return (
    <span className="n12">
      {formatCount(run.generation ?? 0)} <span className="muted">/ {formatCount(run.generations)}</span>
    </span>
  );
}

export function ActiveRun({ run }: { run: ActiveRunRow }) {
  const { archive, statistics, generation } = run.__typename === "EvolutionRun" ? run : { ...noEvolution, generation: null };
  const feed = useRunFeed({ ...run, archive, statistics });
  const { labels, width, height } = run.model;
  const ascent = run.__typename === "AscentRun" ? run : null;
  const isLargeArchive = labels.length > maxTiles && run.__typename === "EvolutionRun";
  const byNiche = new Map(feed.elites.map((elite) => [elite.niche, elite]));
  return (
    <article className={styles.activeRun}>
      <Link className={styles.activeHead} href={`/runs/${run.key}`}>
        <span className="n12 muted">{run.key}</span>
        <h2>{run.name}</h2>
        <Position run={run} share={run.progress} />
      </Link>
      {isLargeArchive ? (
        <Link href={`/runs/${run.key}`} tabIndex={-1}>
          <ArchivePreview
            runId={run.id}
            labels={labels}
            elites={feed.elites}
            shown={Math.max(generation ?? -1, feed.statistics.at(-1)?.generation ?? -1)}
          />
        </Link>
      ) : ascent !== null ? (
        <ul className={styles.activeTiles}>
          {ascentTiles(ascent.classes, ascent.bestTrajectories, maxTiles).map(({ class: index, image }) => (
            <li key={index}>
              {image ? <TrajectoryTile trajectory={image} /> : <EmptyTile detail="bar" aspect={width / height} />}
              <span className={`n11 muted ${styles.activeLabel}`} aria-hidden={image ? true : undefined}>
                {splitLabel(labels[index] ?? String(index)).name}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <ul className={styles.activeTiles}>
          {labels.slice(0, maxTiles).map((label, niche) => {
            const elite = byNiche.get(niche);
            return (
              <li key={niche}>
                {elite ? <Tile elite={elite} zoom={3} detail="bar" /> : <EmptyTile detail="bar" aspect={width / height} />}
              </li>
            );
          })}
        </ul>
      )}
      <ProgressTrack share={run.progress} label={`Progress of ${run.key}`} />
      <div className={`${styles.activeFoot} t12 second`}>
        <span>
          {isLargeArchive
            ? "best niches shown, "
            : ascent !== null && ascent.classes.length > maxTiles
              ? "most confident classes shown, "
              : null}
          <OutcomeCount outcome={run.outcome} />
        </span>
        <span>{describePace(run)}</span>
      </div>
    </article>
  );
}

/** A tile without a link. */
function TrajectoryTile({ trajectory }: { readonly trajectory: ListTrajectoryFragment }) {
  return (
    <span className={tileStyles.tile}>
      <span className={tileStyles.tileImage}>
        <PixelImage image={trajectory.image} zoom={3} alt={`${trajectory.label}, ${formatConfidence(trajectory.storedConfidence)}`} fluid />
      </span>
      <ConfidenceBar className={tileStyles.confidenceBar} value={trajectory.storedConfidence} />
    </span>
  );
}
