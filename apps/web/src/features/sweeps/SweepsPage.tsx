"use client";
/** The list of sweeps, newest first. */
import { SweepsDocument } from "../../graphql/generated/graphql.ts";
import { PagedList } from "../live/PagedList.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./Sweeps.module.css";
import { countEnded } from "./sweepOnPage.ts";
import { sweepsFile, sweepsQuery } from "./sweepsFile.ts";

export function SweepsPage() {
  return (
    <div className="page">
      <PagePath steps={[{ label: "Experiments", href: "/experiments" }]} here="Sweeps" />
      <div className="pageHead">
        <div>
          <h1>Sweeps</h1>
          <p>Runs over values of parameters, each with several seeds.</p>
        </div>
        <div className="pageActions">
          <ButtonLink look="primary" needs="startSweep" href="/new?sweep=on">
            New sweep
          </ButtonLink>
        </div>
      </div>
      <PagedList
        document={SweepsDocument}
        variables={{}}
        pageOf={({ sweeps }) => sweeps}
        noun="sweep"
        file={{ name: "sweeps", columns: sweepsFile, query: sweepsQuery }}
        rowHeight={57}
        className={styles.list}
        empty={
          <EmptyState
            title="No sweeps yet"
            action={
              <ButtonLink needs="startSweep" href="/new?sweep=on">
                New sweep
              </ButtonLink>
            }
          >
            Turn on “Sweep” in the form for a new run, and type several values for a parameter.
          </EmptyState>
        }
      >
        {({ id, key, name, state, kindLabel, runCount, pointCount, createdAt, experiment, progress }) => (
          <li key={id} className={styles.listRow}>
            <span className="n12 muted">{key}</span>
            <span className={styles.listName}>
              <Link className="link" href={`/sweeps/${key}`}>
                {name}
              </Link>
              <span className="t12 muted">
                {kindLabel} in <span className="n12">{experiment.key}</span>, {formatCount(pointCount)}{" "}
                {pointCount === 1 ? "point" : "points"}
              </span>
            </span>
            <span className={styles.listProgress}>
              <ProgressTrack share={runCount === 0 ? 0 : countEnded(progress) / runCount} />
              <span className="n12">
                {formatCount(countEnded(progress))} <span className="muted">/ {formatCount(runCount)}</span>
              </span>
            </span>
            <StateGlyph state={state} />
            <span className={`t12 muted ${styles.listTime}`}>
              <RelativeTime time={createdAt} />
            </span>
          </li>
        )}
      </PagedList>
    </div>
  );
}
