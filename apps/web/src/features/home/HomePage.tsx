"use client";
/** The home page: active, ended and paused runs or, in an empty workspace, the first steps. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { HomeDocument, type HomeQuery } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { Skeleton, SkeletonLines } from "../marks/Skeleton.tsx";
import { EmptyTile } from "../marks/Tile.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import activeRunStyles from "./ActiveRun.module.css";
import { ActiveRun } from "./ActiveRun.tsx";
import { AssignedStudies } from "./AssignedStudies.tsx";
import { EndedRuns } from "./EndedRuns.tsx";
import { FirstRun } from "./FirstRun.tsx";
import { FirstStudy } from "./FirstStudy.tsx";
import styles from "./HomePage.module.css";
import { Introduction } from "./Introduction.tsx";

const pollMilliseconds = 5_000;

export function HomePage() {
  const { data, error, refetch } = useLiveQuery({ query: HomeDocument, poll: pollMilliseconds });
  return (
    <div className="page">
      <PagePath here="Home" />
      {data ? (
        <>
          <Introduction />
          <AssignedStudies />
          {data.active.totalCount + data.ended.totalCount === 0 ? <FirstRun /> : <Runs data={data} />}
        </>
      ) : error ? (
        <>
          <h1>Home</h1>
          <RequestError message={error.message} onRetry={refetch} />
        </>
      ) : (
        <HomeSkeleton />
      )}
    </div>
  );
}

function summary(data: HomeQuery): string {
  const active = data.active.totalCount;
  const day = new Date().toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" }).replace(",", "");
  const running =
    active === 0 ? "No active runs" : active === 1 ? "1 active run" : `${formatTotal(active, data.active.totalCountIsCapped)} active runs`;
  return `${day}. ${running}. ${formatTotal(data.ended.totalCount, data.ended.totalCountIsCapped)} finished or paused.`;
}

function Runs({ data }: { data: HomeQuery }) {
  return (
    <>
      <div className="pageHead">
        <div>
          <h1>{data.viewer.workspace.name}</h1>
          <p suppressHydrationWarning>{summary(data)}</p>
        </div>
        <div className="pageActions">
          <ButtonLink href="/runs">All runs</ButtonLink>
          <ButtonLink look="primary" needs="startEvolution" href="/new" shortcut="N">
            New run
          </ButtonLink>
        </div>
      </div>
      <FirstStudy />
      {data.active.nodes.length > 0 ? (
        <ul className={styles.activeRuns}>
          {data.active.nodes.map((run) => (
            <li key={run.id}>
              <ActiveRun run={run} />
            </li>
          ))}
        </ul>
      ) : null}
      {data.ended.nodes.length > 0 ? <EndedRuns runs={data.ended.nodes} /> : null}
    </>
  );
}

function HomeSkeleton() {
  return (
    <div aria-busy="true">
      <div className="pageHead">
        <div>
          <h1>Home</h1>
          <p>
            <Skeleton width={280} height={20} />
          </p>
        </div>
      </div>
      <div className={styles.activeRuns}>
        <div className={activeRunStyles.activeRun}>
          <div className={activeRunStyles.activeTiles}>
            {Array.from({ length: 10 }, (_, niche) => (
              <EmptyTile key={niche} detail="bar" />
            ))}
          </div>
        </div>
      </div>
      <SkeletonLines count={4} height={57} />
    </div>
  );
}
