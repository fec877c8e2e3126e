"use client";
/** The images inside the brush, with both numbers; without a brush, the images that most people recognised. */
import { useMemo } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SelectedImagesDocument } from "../../graphql/generated/graphql.ts";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import type { AgreementWords } from "./agreementWords.ts";
import { type PlanePoints, shareOf } from "./planePoints.ts";
import { mostRecognised } from "./planeScale.ts";
import type { PlanOfResults } from "./planOfResults.ts";
import { formatShare } from "./resultFormats.ts";
import { SelectionActions } from "./SelectionActions.tsx";
import styles from "./StudyResults.module.css";
import { readPage } from "./selectedImages.ts";

const maxShown = 60;
const shownWithoutBrush = 9;

interface SelectionProps {
  readonly studyKey: string;
  readonly points: PlanePoints;
  /** Ascending; null without a brush. */
  readonly selected: readonly number[] | null;
  readonly plan: PlanOfResults;
  readonly words: AgreementWords;
  readonly onClear: () => void;
}

export function Selection({ studyKey, points, selected, plan, words, onClear }: SelectionProps) {
  const recognised = useMemo(() => {
    const voted = [...points.votes.keys()].filter((image) => (points.votes[image] as number) > 0);
    return mostRecognised(points, voted, shownWithoutBrush);
  }, [points]);
  const shown = useMemo(
    () => (selected === null ? recognised : mostRecognised(points, selected, maxShown)),
    [points, recognised, selected],
  );
  const links = useLiveQuery({
    query: SelectedImagesDocument,
    variables: { key: studyKey, indices: [...shown].sort((one, other) => one - other) },
    requestPolicy: "cache-first",
    pause: shown.length === 0,
  });
  const elites = new Map(readPage(links.data).map(({ index, eliteId }) => [index, eliteId]));
  return (
    <section className={styles.selection} aria-labelledby="selected-images">
      <div className="sectionHead">
        <h2 id="selected-images" aria-live="polite">
          {selected === null ? "Most recognised" : `${formatCount(selected.length)} selected`}
        </h2>
        {selected === null ? null : (
          <button type="button" className={toolButtonStyles.toolButton} onClick={onClear}>
            Clear
          </button>
        )}
      </div>
      <p className={`t12 muted ${styles.selectionNote}`}>
        {selected === null ? "Select a part of the plane to see its images here." : rangeOf(points, selected, words.done)}
      </p>
      {selected === null || selected.length === 0 ? null : (
        <SelectionActions studyKey={studyKey} points={points} plan={plan} selected={selected} />
      )}
      <ul className={styles.images}>
        {shown.map((image) => (
          <SelectedImage key={image} image={image} points={points} plan={plan} words={words} eliteId={elites.get(image) ?? null} />
        ))}
      </ul>
      {selected !== null && selected.length > maxShown ? (
        <p className="t12 muted">
          The <span className="n12">{maxShown}</span> most recognised are shown.
        </p>
      ) : null}
    </section>
  );
}

interface SelectedImageProps {
  readonly image: number;
  readonly points: PlanePoints;
  readonly plan: PlanOfResults;
  readonly words: AgreementWords;
  /** Null until it is loaded, and for images that are not elites: those link to their file. */
  readonly eliteId: string | null;
}

function SelectedImage({ image, points, plan, words, eliteId }: SelectedImageProps) {
  const confidence = points.confidence[image] as number;
  const known = Number.isNaN(confidence) ? null : confidence;
  const label = plan.labelOf(image);
  const link = { className: styles.imageLink ?? "", title: `Image ${image + 1}: ${label}` };
  const shown = <img src={plan.addressOf(image)} alt={`Image ${image + 1}, labelled ${label}`} loading="lazy" decoding="async" />;
  return (
    <li>
      {eliteId === null ? (
        <a href={plan.addressOf(image)} {...link}>
          {shown}
        </a>
      ) : (
        <Link href={`/elites/${eliteId}`} {...link}>
          {shown}
        </Link>
      )}
      <ConfidenceBar value={known} className={styles.imageBar} />
      <b>{label}</b>
      <span className={styles.bothNumbers}>
        <span className="n12 people">
          {points.agreeing[image]} / {points.votes[image]}
          <span className="visuallyHidden"> {words.votes}</span>
        </span>
        <span className="n11 muted">
          <span className="visuallyHidden">machine confidence </span>
          {known === null ? "–" : formatConfidence(known)}
        </span>
      </span>
    </li>
  );
}

/** `Confidence from 99.12%, named by 43 to 74% of people.` */
function rangeOf(points: PlanePoints, selected: readonly number[], done: string): string {
  if (selected.length === 0) return "No image with votes is inside the selection.";
  let lowest = Number.POSITIVE_INFINITY;
  let [least, most] = [1, 0];
  for (const image of selected) {
    const confidence = points.confidence[image] as number;
    if (confidence < lowest) lowest = confidence;
    least = Math.min(least, shareOf(points, image));
    most = Math.max(most, shareOf(points, image));
  }
  const people = `${done} by ${least === most ? formatShare(most) : `${formatShare(least)} to ${formatShare(most)}`} of people.`;
  return Number.isFinite(lowest) ? `Confidence from ${formatConfidence(lowest)}, ${people}` : `N${people.slice(1)}`;
}
