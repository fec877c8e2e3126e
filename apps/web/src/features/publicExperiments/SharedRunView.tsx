"use client";
/** A run as visitors see it: its results, its figures and recipe beside them, and how to cite it. */
import { useMemo } from "react";
import { ElitePlaceContext } from "../marks/ElitePlace.tsx";
import { Link } from "../marks/Link.tsx";
import { OutcomeCount, OutcomeMedian } from "../marks/Outcome.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { CiteSection } from "./CiteSection.tsx";
import { citedOf } from "./citation.ts";
import { ImageDialog } from "./ImageDialog.tsx";
import { MedianCurves } from "./MedianCurves.tsx";
import styles from "./Public.module.css";
import { pollOf } from "./pollOf.ts";
import { SharedRecipe } from "./SharedRecipe.tsx";
import { SharedResults } from "./SharedResults.tsx";
import { runPath } from "./sharedAddresses.ts";
import { useSharedPlace } from "./sharedPlace.ts";
import type { SharedRun } from "./sharedRun.ts";
import { formatDay } from "./sharedText.ts";
import { useOpenImage } from "./useOpenImage.ts";

export function SharedRunView({ run }: { readonly run: SharedRun }) {
  const place = useSharedPlace();
  const { image, open, close } = useOpenImage();
  const { experiment } = run;
  const elitePlace = useMemo(
    () => ({ hrefOf: (eliteId: string) => runPath(place, run.id, eliteId), open, shareToken: place.shareToken }),
    [place, run.id, open],
  );
  const source = "source" in run ? run.source : null;
  return (
    <>
      <p className="second">
        <Link className="link" href={place.path}>
          {experiment.name}
        </Link>
        , <span className="n12">{experiment.key}</span> by {experiment.workspaceName}
      </p>
      <h1 className={styles.title}>{run.name}</h1>
      <p className="second" suppressHydrationWarning>
        <span className="n12">{run.key}</span>, {run.methodLabel} against {run.model.name}
        {run.startedAt == null ? "" : `, started ${formatDay(run.startedAt)}`}
      </p>
      <div className={styles.top}>
        <div className={styles.results}>
          <h2 className="visuallyHidden">Results</h2>
          <ElitePlaceContext value={elitePlace}>
            <SharedResults run={run} onOpen={open} />
          </ElitePlaceContext>
          {run.__typename === "EvolutionRun" && run.archive.length > 0 ? (
            <MedianCurves
              name={`${run.key}-median-confidence`}
              lines={new Map([[run.id, { letter: "", dash: "" }]])}
              poll={pollOf([run])}
            />
          ) : null}
        </div>
        <div className={styles.aside}>
          <section aria-labelledby="figures" className={styles.figures}>
            <h2 id="figures">Figures</h2>
            <p>
              <StateGlyph state={run.state} />
            </p>
            {run.outcome.medianConfidence === null ? null : (
              <p>
                <span className="t12 muted">Median confidence</span>
                <OutcomeMedian outcome={run.outcome} />
              </p>
            )}
            <p className="t12">
              <OutcomeCount outcome={run.outcome} />
            </p>
          </section>
          {source == null ? null : (
            <section aria-labelledby="source">
              <h2 id="source">Source</h2>
              <span className={styles.source}>
                <PixelImage image={source} zoom={1} alt="The image from which the run starts" fluid />
              </span>
            </section>
          )}
          <CiteSection citedWith={(address) => citedOf(experiment, address, run)} isPublic={place.shareToken === null} />
          <SharedRecipe run={run} />
        </div>
      </div>
      <ImageDialog run={run} imageId={image} onClose={close} />
    </>
  );
}
