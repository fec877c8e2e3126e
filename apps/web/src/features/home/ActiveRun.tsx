"use client";
/** A run that fills while one looks: its niches small, its progress as a line. */
import Link from "next/link";
import type { HomeQuery, ListTrajectoryFragment } from "../../graphql/generated/graphql.ts";
import { ArchivePreview } from "../archiveCanvas/ArchivePreview.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";
import { formatCount, formatDuration, formatRate } from "../marks/numbers.ts";
import { OutcomeCount } from "../marks/Outcome.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import tileStyles from "../marks/Tile.module.css";
import { EmptyTile, Tile } from "../marks/Tile.tsx";
import { useRunFeed } from "../run/useRunFeed.ts";
import styles from "./ActiveRun.module.css";
import { ascentTiles } from "./ascentTiles.ts";

type ActiveRunRow = HomeQuery["active"]["nodes"][number];

function pace(run: ActiveRunRow): string {
  if (run.state === "QUEUED") return "queued for a worker";
  const left = typeof run.secondsLeft === "number" ? `about ${formatDuration(run.secondsLeft)} left` : "";
  const speed = typeof run.speed === "number" ? `${formatRate(run.speed)} evaluations/s` : "";
  return [left, speed].filter((words) => words !== "").join(", ");
}

const mostTiles = 10;
/** One object for all runs that are no evolutions, so that their feeds see no change. */
const nothingEvolved = { archive: [], statistics: [] };

function Position({ run, share }: { run: ActiveRunRow; share: number }) {
  if (run.__typename !== "EvolutionRun") return <span className="n12">{Math.floor(share * 100)}%</span>;
  return (
    <span className="n12">
      {formatCount(run.generation ?? 0)} <span className="muted">/ {formatCount(run.generations)}</span>
    </span>
  );
}

export function ActiveRun({ run }: { run: ActiveRunRow }) {
  const { archive, statistics, generation } = run.__typename === "EvolutionRun" ? run : { ...nothingEvolved, generation: null };
  const feed = useRunFeed({ ...run, archive, statistics });
  const { labels, width, height } = run.model;
  const climb = run.__typename === "AscentRun" ? run : null;
  const many = labels.length > mostTiles && run.__typename === "EvolutionRun";
  const byNiche = new Map(feed.elites.map((elite) => [elite.niche, elite]));
  const share = run.totalEvaluations > 0 ? Math.min(1, run.evaluations / run.totalEvaluations) : 0;
  return (
    <article className={styles.activeRun}>
      <Link className={styles.activeHead} href={`/runs/${run.key}`}>
        <span className="n12 muted">{run.key}</span>
        <h2>{run.name}</h2>
        <Position run={run} share={share} />
      </Link>
      {many ? (
        <Link href={`/runs/${run.key}`} tabIndex={-1}>
          <ArchivePreview
            runId={run.id}
            labels={labels}
            elites={feed.elites}
            shown={Math.max(generation ?? -1, feed.statistics.at(-1)?.generation ?? -1)}
          />
        </Link>
      ) : climb !== null ? (
        <ul className={styles.activeTiles}>
          {ascentTiles(climb.classes, climb.bestTrajectories, mostTiles).map(({ class: index, image }) => (
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
          {labels.slice(0, mostTiles).map((label, niche) => {
            const elite = byNiche.get(niche);
            return (
              <li key={niche}>
                {elite ? <Tile elite={elite} zoom={3} detail="bar" /> : <EmptyTile detail="bar" aspect={width / height} />}
              </li>
            );
          })}
        </ul>
      )}
      <ProgressTrack share={share} label={`Progress of ${run.key}`} />
      <div className={`${styles.activeFoot} t12 second`}>
        <span>
          {many ? "the best shown, " : climb !== null && climb.classes.length > mostTiles ? "the most confident classes shown, " : null}
          <OutcomeCount outcome={run.outcome} />
        </span>
        <span>{pace(run)}</span>
      </div>
    </article>
  );
}

/** An ascent's image has no page of its own. */
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
