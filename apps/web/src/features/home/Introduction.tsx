"use client";
/** A short introduction for new users, with real digits above images that fool the same network. */
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { exampleDigits, exampleImages, type MethodImage } from "../newRun/exampleImages.ts";
import styles from "./Introduction.module.css";
import { useIntroduction } from "./useIntroduction.ts";

const paperUrl = "https://doi.org/10.1109/CVPR.2015.7298640";

export function Introduction() {
  const { isShown, hide } = useIntroduction();
  if (!isShown) return null;
  return (
    <section className={styles.introduction} aria-labelledby="introduction">
      <div className={styles.text}>
        <h2 id="introduction">What you are looking at</h2>
        <p>
          The upper row shows ten handwritten digits. LeNet, a small network, classifies such digits correctly 99 times out of 100. The
          images in the lower row were evolved, and LeNet classifies them as the same ten digits just as confidently, although people see no
          digits in them. Nguyen, Yosinski and Clune showed in{" "}
          <a className="link" href={paperUrl} rel="noreferrer">
            Deep Neural Networks are Easily Fooled
          </a>{" "}
          (CVPR 2015) that deep networks can be fooled in this way. Here you can repeat, vary and measure their experiments.
        </p>
        <button type="button" className={toolButtonStyles.toolButton} onClick={hide}>
          Hide
        </button>
      </div>
      <div className={styles.rows}>
        <Row name="Real digits" images={exampleDigits} />
        <Row name="Fooling images" images={exampleImages.retrain} />
      </div>
    </section>
  );
}

function Row({ name, images }: { readonly name: string; readonly images: readonly MethodImage[] }) {
  return (
    <figure className={styles.row}>
      <figcaption className="t12 muted">{name}</figcaption>
      <ol className={styles.images}>
        {images.map(({ image, confidence }, digit) => (
          <li key={digit}>
            <PixelImage image={image} zoom={1} alt={`${digit}, ${confidence === null ? "" : formatConfidence(confidence)}`} fluid />
            <ConfidenceBar value={confidence} />
          </li>
        ))}
      </ol>
    </figure>
  );
}
