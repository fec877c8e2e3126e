/** One configuration of a search as a row: its rank, what it drew, what it made, how often it fooled, and the way to ascend with it. */
import Link from "next/link";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { imageZoom } from "../marks/imageZoom.ts";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import styles from "./Configurations.module.css";
import type { Image } from "./images.ts";
import type { Standing } from "./standings.ts";

/** As many as the authors looked at for each of their settings. */
const mostImages = 6;
const side = 56;

interface ConfigurationRowProps {
  readonly standing: Standing;
  readonly images: readonly Image[];
  /** How many trajectories it has when it is done. */
  readonly trajectories: number;
  readonly words: readonly string[];
  readonly shown: boolean;
  readonly ascendHref: string;
  onChoose(): void;
  /** Loads its images again, where they could not be loaded. */
  readonly onRetry: (() => void) | null;
}

function stepWords(step: number | null | undefined): string {
  return typeof step === "number" ? formatCount(Math.round(step)) : "–";
}

export function ConfigurationRow(props: ConfigurationRowProps) {
  const { standing, trajectories, words, shown } = props;
  const { index, rank, ended, foolingCount, median, medianFoolingStep } = standing;
  const reached = (
    <>
      {formatCount(foolingCount)} <span className="muted">/ {formatCount(trajectories)}</span>
    </>
  );
  const ways = (
    <>
      <Link className={`link t12 ${styles.way}`} href={props.ascendHref}>
        Ascend with it<span className="visuallyHidden"> configuration {index}</span>
      </Link>
      {shown ? (
        <a className={`link t12 ${styles.way}`} href="#trajectories">
          Trajectories
        </a>
      ) : null}
    </>
  );
  return (
    <tr className={shown ? styles.shown : undefined}>
      <td className={`n ${styles.rank}`}>{rank}</td>
      <td className={styles.made}>
        <div className={styles.head}>
          <button type="button" className={styles.choose} aria-pressed={shown} onClick={props.onChoose}>
            Configuration <span className="n12">{index}</span>
          </button>
          {ended < trajectories ? (
            <span className="t12 second">
              {formatCount(ended)} of {formatCount(trajectories)} ended
            </span>
          ) : null}
          <span className={`t12 muted ${styles.words}`}>{words.length === 0 ? "nothing drawn is on" : words.join(", ")}</span>
        </div>
        <Images {...props} />
        <p className={`t12 ${styles.facts}`}>
          <span className="n12">{reached}</span> ≥ <span className="n12">.9999</span>
          {medianFoolingStep === null || medianFoolingStep === undefined ? null : (
            <>
              {" "}
              at step <span className="n12">{stepWords(medianFoolingStep)}</span>
            </>
          )}
          , median <Confidence value={median} size="n12" />
        </p>
        <div className={styles.facts}>{ways}</div>
      </td>
      <td className={`n right ${styles.wide}`}>{reached}</td>
      <td className={styles.wide}>
        <span className={styles.median}>
          <Confidence value={median} />
          <ConfidenceBar value={median} width={54} />
        </span>
      </td>
      <td className={`n right ${styles.wide}`}>{stepWords(medianFoolingStep)}</td>
      <td className={`right ${styles.wide} ${styles.ways}`}>{ways}</td>
    </tr>
  );
}

function Images({ images, trajectories, onRetry }: ConfigurationRowProps) {
  const places = Math.min(mostImages, trajectories);
  return (
    <>
      <ul className={styles.images}>
        {Array.from({ length: places }, (_, place) => {
          const image = images[place];
          if (image === undefined) return <EmptyPlace key={place} />;
          const { name } = splitLabel(image.label);
          return (
            <li key={place}>
              <PixelImage
                image={image.image}
                zoom={imageZoom(image.image, side)}
                alt={`${name}, ${formatConfidence(image.storedConfidence)}`}
              />
              <ConfidenceBar value={image.storedConfidence} />
              <span className={`n11 muted ${styles.label}`} aria-hidden="true">
                {name}
              </span>
            </li>
          );
        })}
        {trajectories > places ? <li className={`n12 muted ${styles.more}`}>+{formatCount(trajectories - places)}</li> : null}
      </ul>
      {onRetry === null ? null : (
        <p className={`t12 ${styles.failed}`}>
          Its images could not be loaded.{" "}
          <button type="button" className="link" onClick={onRetry}>
            Try again
          </button>
        </p>
      )}
    </>
  );
}

/** An image's exact shape while it is not there. */
function EmptyPlace() {
  return (
    <li aria-hidden="true">
      <span className={styles.emptyPlace} />
      <ConfidenceBar value={null} />
      <span className={`n11 ${styles.label}`}>&nbsp;</span>
    </li>
  );
}
