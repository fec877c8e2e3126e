"use client";
/** A run that fills while one looks: its niches small, its progress as a line. */
import Link from "next/link";
import type { HomeQuery } from "../../graphql/generated/graphql.ts";
import { formatDuration, formatRate } from "../marks/numbers.ts";
import { EmptyTile, Tile } from "../marks/Tile.tsx";
import { useRunFeed } from "../run/useRunFeed.ts";

type ActiveRunRow = HomeQuery["active"]["nodes"][number];

function pace(run: ActiveRunRow): string {
  if (run.state === "QUEUED") return "waits for a worker";
  const left = typeof run.secondsLeft === "number" ? `about ${formatDuration(run.secondsLeft)} left` : "";
  const speed = typeof run.speed === "number" ? `${formatRate(run.speed)} evaluations/s` : "";
  return [left, speed].filter((words) => words !== "").join(", ");
}

export function ActiveRun({ run }: { run: ActiveRunRow }) {
  const feed = useRunFeed(run.id, run);
  const byNiche = new Map(feed.elites.map((elite) => [elite.niche, elite]));
  const share = run.totalEvaluations > 0 ? Math.min(1, run.evaluations / run.totalEvaluations) : 0;
  return (
    <article className="activeRun">
      <Link className="activeHead" href={`/runs/${run.key}`}>
        <span className="n12 muted">{run.key}</span>
        <h2>{run.name}</h2>
        <span className="n12">
          {Math.max(0, run.generation)} <span className="muted">/ {run.generations}</span>
        </span>
      </Link>
      <ul className="activeTiles">
        {run.model.labels.map((label, niche) => {
          const elite = byNiche.get(niche);
          return (
            <li key={label}>
              {elite ? (
                <Tile elite={elite} zoom={3} detail="bar" />
              ) : (
                <EmptyTile detail="bar" aspect={run.model.width / run.model.height} />
              )}
            </li>
          );
        })}
      </ul>
      <div
        className="progressTrack"
        role="progressbar"
        aria-label={`Progress of ${run.key}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
      >
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <div className="activeFoot t12 second">
        <span>
          <span className="n12">{run.foolingCount}</span> of <span className="n12">{run.nicheCount}</span> ≥{" "}
          <span className="n12">.9999</span>
        </span>
        <span>{pace(run)}</span>
      </div>
    </article>
  );
}
