/** A configuration of a random search as a table row: rank, drawn values, images, results, and a link to a new ascent with its values. */

import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { imageZoom } from "../marks/imageZoom.ts";
import { Link } from "../marks/Link.tsx";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { Permitted } from "../permissions/Permitted.tsx";
import styles from "./Configurations.module.css";
import type { Image } from "./images.ts";
import type { Standing } from "./standings.ts";

/** As many as the authors examined for each of their settings. */
const maxImages = 6;
/** In pixels. */
const imageSide = 56;

interface ConfigurationRowProps {
  readonly standing: Standing;
  readonly images: readonly Image[];
  /** Number of trajectories of a complete configuration. */
  readonly trajectories: number;
  /** The drawn values as text. */
  readonly drawnValues: readonly string[];
  readonly isShown: boolean;
  readonly ascendHref: string;
  onChoose(): void;
  /** Loads the images again; null unless the last request failed. */
  readonly onRetry: (() => void) | null;
}

function formatStep(step: number | null | undefined): string {
  return typeof step === "number" ? formatCount(Math.round(step)) : "–";
}

export function ConfigurationRow(props: ConfigurationRowProps) {
  const { standing, trajectories, drawnValues, isShown } = props;
  const { index, rank, ended, foolingCount, median, medianFoolingStep } = standing;
  const reached = (
    <>
      {formatCount(foolingCount)} <span className="muted">/ {formatCount(trajectories)}</span>
    </>
  );
  const actions = (
    <>
      <Permitted needs="startAscent">
        <Link className={`link t12 ${styles.action}`} href={props.ascendHref}>
          New ascent<span className="visuallyHidden"> with configuration {index}</span>
        </Link>
      </Permitted>
      {isShown ? (
        <a className={`link t12 ${styles.action}`} href="#trajectories">
          Trajectories
        </a>
      ) : null}
    </>
  );
  return (
    <tr className={isShown ? styles.shown : undefined}>
      <td className={`n ${styles.rank}`}>{rank}</td>
      <td className={styles.result}>
        <div className={styles.head}>
          <button type="button" className={styles.choose} aria-pressed={isShown} onClick={props.onChoose}>
            Configuration <span className="n12">{index}</span>
          </button>
          {ended < trajectories ? (
            <span className="t12 second">
              {formatCount(ended)} of {formatCount(trajectories)} ended
            </span>
          ) : null}
          <span className={`t12 muted ${styles.drawnValues}`}>
            {drawnValues.length === 0 ? "all drawn parameters off" : drawnValues.join(", ")}
          </span>
        </div>
        <Images {...props} />
        <p className={`t12 ${styles.facts}`}>
          <span className="n12">{reached}</span> ≥ <span className="n12">.9999</span>
          {medianFoolingStep === null || medianFoolingStep === undefined ? null : (
            <>
              {" "}
              at step <span className="n12">{formatStep(medianFoolingStep)}</span>
            </>
          )}
          , median <Confidence value={median} size="n12" />
        </p>
        <div className={styles.facts}>{actions}</div>
      </td>
      <td className={`n right ${styles.wide}`}>{reached}</td>
      <td className={styles.wide}>
        <span className={styles.median}>
          <Confidence value={median} />
          <ConfidenceBar value={median} width={54} />
        </span>
      </td>
      <td className={`n right ${styles.wide}`}>{formatStep(medianFoolingStep)}</td>
      <td className={`right ${styles.wide} ${styles.actions}`}>{actions}</td>
    </tr>
  );
}

function Images({ images, trajectories, onRetry }: ConfigurationRowProps) {
  const imageCount = Math.min(maxImages, trajectories);
  return (
    <>
      <ul className={styles.images}>
        {Array.from({ length: imageCount }, (_, position) => {
          const image = images[position];
          if (image === undefined) return <Placeholder key={position} />;
          const { name } = splitLabel(image.label);
          return (
            <li key={position}>
              <PixelImage
                image={image.image}
                zoom={imageZoom(image.image, imageSide)}
                alt={`${name}, ${formatConfidence(image.storedConfidence)}`}
              />
              <ConfidenceBar value={image.storedConfidence} />
              <span className={`n11 muted ${styles.label}`} aria-hidden="true">
                {name}
              </span>
            </li>
          );
        })}
        {trajectories > imageCount ? <li className={`n12 muted ${styles.more}`}>+{formatCount(trajectories - imageCount)}</li> : null}
      </ul>
      {onRetry === null ? null : (
        <p className={`t12 ${styles.failed}`}>
          The images could not be loaded.{" "}
          <button type="button" className="link" onClick={onRetry}>
            Try again
          </button>
        </p>
      )}
    </>
  );
}

/** A placeholder with the shape of a missing image. */
function Placeholder() {
  return (
    <li aria-hidden="true">
      <span className={styles.placeholder} />
      <ConfidenceBar value={null} />
      <span className={`n11 ${styles.label}`}>&nbsp;</span>
    </li>
  );
}
