/** A small sketch of a trial: the images and the places for answers, with the study's images and label names. */
import { questionOf } from "@pareidolia/perception/protocols/question";
import type { Phase } from "@pareidolia/perception/trials/design";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import { splitLabel } from "../marks/labels.ts";
import { englishTexts } from "../voting/englishTexts.ts";
import { choosesImage } from "../voting/voteKeys.ts";
import styles from "./TemplateSketch.module.css";

interface TemplateSketchProps {
  readonly phase: Phase | undefined;
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  /** The place of the first image shown, so that cards differ. */
  readonly first: number;
}

const maxShown = 8;
const maxOptions = 30;

export function TemplateSketch({ phase, images, classNames, first }: TemplateSketchProps) {
  if (phase === undefined) return null;
  const { protocol } = phase;
  const at = (place: number) => (images.length === 0 ? undefined : images[(first + place) % images.length]);
  const nameOf = (place: number) => splitLabel(classNames[at(place)?.label ?? -1] ?? "label").name;
  const thumbnail = (place: number) => {
    const image = at(place)?.image;
    return image === undefined ? <span key={place} className={styles.blank} /> : <img key={place} src={image.url} alt="" />;
  };
  const count = protocol.kind === "alternatives" || protocol.kind === "reverse" ? protocol.values.alternatives : 2;
  if (choosesImage(questionOf(protocol).kind))
    return (
      <span className={styles.sketch} aria-hidden="true">
        <span className={styles.question}>{nameOf(0)}?</span>
        <span className={`${styles.several} ${count > 3 ? styles.many : ""}`}>
          {Array.from({ length: Math.min(maxShown, count) }, (_, place) => thumbnail(place))}
        </span>
      </span>
    );
  return (
    <span className={styles.sketch} aria-hidden="true">
      <span className={`${styles.single} ${count > 4 ? styles.small : ""}`}>{thumbnail(0)}</span>
      {protocol.kind === "alternatives" && count <= 4 ? (
        <span className={styles.options}>
          {Array.from({ length: count }, (_, place) => (
            <i key={place}>{nameOf(place)}</i>
          ))}
        </span>
      ) : null}
      {protocol.kind === "alternatives" && count > 4 ? (
        <span className={styles.manyOptions}>
          {Array.from({ length: Math.min(maxOptions, count) }, (_, place) => (
            <i key={place} />
          ))}
        </span>
      ) : null}
      {protocol.kind === "yesNo" ? (
        <span className={styles.options}>
          <i>{englishTexts.yes}</i>
          <i>{englishTexts.no}</i>
        </span>
      ) : null}
      {protocol.kind === "freeText" ? (
        <span className={styles.options}>
          <i className={styles.textField}>a shell|</i>
        </span>
      ) : null}
      {protocol.kind === "confidenceRating" ? (
        <span className={styles.scale}>
          <i />
        </span>
      ) : null}
    </span>
  );
}
