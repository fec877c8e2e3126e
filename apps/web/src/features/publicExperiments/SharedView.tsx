"use client";
/** An experiment as visitors see it: the images of its newest run that has some, how to cite it, curves, and all runs. */
import type { PublicExperimentFragment } from "../../graphql/generated/graphql.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { CiteSection } from "./CiteSection.tsx";
import { citedOf } from "./citation.ts";
import { curveLines } from "./curveLines.ts";
import { MedianCurves } from "./MedianCurves.tsx";
import styles from "./Public.module.css";
import { pollOf } from "./pollOf.ts";
import { SharedImages } from "./SharedImages.tsx";
import { SharedRuns } from "./SharedRuns.tsx";
import { runPath } from "./sharedAddresses.ts";
import { useSharedPlace } from "./sharedPlace.ts";
import { formatDay, imagesOf } from "./sharedText.ts";

export function SharedView({ experiment }: { readonly experiment: PublicExperimentFragment }) {
  const place = useSharedPlace();
  const runs = experiment.runs.nodes;
  const run = runs.find((each) => imagesOf(each).length > 0);
  const images = run === undefined ? [] : imagesOf(run);
  return (
    <>
      <p className="second" suppressHydrationWarning>
        <span className="n12">{experiment.key}</span>
        {experiment.publishedAt == null ? ", shared by link by " : `, published ${formatDay(experiment.publishedAt)} by `}
        {experiment.workspaceName}
      </p>
      <h1 className={styles.title}>{experiment.name}</h1>
      {experiment.description === "" ? null : <p className={styles.lead}>{experiment.description}</p>}
      <div className={styles.top}>
        {run === undefined ? (
          <EmptyState title={runs.length === 0 ? "No runs yet" : "No images yet"}>
            Images appear here when a run has stored some.
          </EmptyState>
        ) : (
          <section aria-labelledby="images">
            <h2 id="images" className={styles.imagesHead}>
              <Link className="link" href={runPath(place, run.id)}>
                {run.name}
              </Link>{" "}
              <span className="t12 muted">
                {run.key}, label and confidence of {run.model.name}
                {run.__typename === "EvolutionRun" && run.nicheCount > images.length
                  ? `. The ${images.length} most confident of ${formatCount(run.nicheCount)}`
                  : null}
              </span>
            </h2>
            <SharedImages runId={run.id} images={images} />
          </section>
        )}
        <CiteSection citedWith={(address) => citedOf(experiment, address)} isPublic={place.shareToken === null} />
      </div>
      {runs.length === 0 ? null : (
        <div className={styles.bottom}>
          <MedianCurves name={`${experiment.key}-median-confidence`} lines={curveLines(runs)} poll={pollOf(runs)} />
          <SharedRuns experiment={experiment} />
        </div>
      )}
    </>
  );
}
