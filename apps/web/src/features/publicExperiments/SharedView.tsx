"use client";
/** An experiment as visitors see it: the images of one run, how to cite it, curves, and the runs, any of which can be chosen. */
import { parseAsString, useQueryState } from "nuqs";
import type { PublicExperimentFragment } from "../../graphql/generated/graphql.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage, wholePixels } from "../marks/PixelImage.tsx";
import { CiteSection } from "./CiteSection.tsx";
import { citedOf } from "./citation.ts";
import { MedianCurves } from "./MedianCurves.tsx";
import styles from "./Public.module.css";
import { SharedRuns } from "./SharedRuns.tsx";
import { formatDay, imagesOf } from "./sharedText.ts";

export function SharedView({ experiment }: { readonly experiment: PublicExperimentFragment }) {
  const [chosen, setChosen] = useQueryState("run", parseAsString);
  const runs = experiment.runs.nodes;
  const withImages = runs.filter((run) => imagesOf(run).length > 0);
  const run = withImages.find(({ key }) => key === chosen) ?? withImages[0];
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
              {run.name}{" "}
              <span className="t12 muted">
                {run.key}, label and confidence of {run.model.name}
                {run.__typename === "EvolutionRun" && run.nicheCount > images.length
                  ? `. The ${images.length} most confident of ${formatCount(run.nicheCount)}`
                  : null}
              </span>
            </h2>
            <ul className={styles.images}>
              {images.map(({ id, label, confidence, image }) => (
                <li key={id} style={wholePixels(image.width)}>
                  <PixelImage image={image} zoom={1} alt={`Image that the network labels ${label}`} fluid />
                  <ConfidenceBar className={styles.bar} value={confidence} />
                  <span className={styles.caption}>
                    <b title={label}>{label}</b>
                    <Confidence value={confidence} size="n12" />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <CiteSection citedWith={(address) => citedOf(experiment, address)} isPublic={experiment.visibility === "PUBLIC"} />
      </div>
      {runs.length === 0 ? null : (
        <div className={styles.bottom}>
          <MedianCurves experiment={experiment} />
          <SharedRuns experiment={experiment} shown={run?.key} onChoose={(key) => void setChosen(key)} />
        </div>
      )}
    </>
  );
}
