"use client";
/** What a newcomer sees on the first pages, in three sentences, with real digits above images that fool the same network. */
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { exampleDigits, exampleImages, type MethodImage } from "../newRun/exampleImages.ts";
import styles from "./Introduction.module.css";
import { useIntroduction } from "./useIntroduction.ts";

const paperAddress = "https://doi.org/10.1109/CVPR.2015.7298640";

export function Introduction() {
  const { shown, hide } = useIntroduction();
  if (!shown) return null;
  return (
    <section className={styles.introduction} aria-labelledby="introduction">
      <div className={styles.words}>
        <h2 id="introduction">What you are looking at</h2>
        <p>
          The upper row holds ten handwritten digits, which LeNet, a small network, reads correctly 99 times out of 100. Evolution drew the
          lower row, and LeNet reads those ten images as the same digits, just as surely. People see no digits there: Nguyen, Yosinski and
          Clune showed in{" "}
          <a className="link" href={paperAddress} rel="noreferrer">
            Deep Neural Networks are Easily Fooled
          </a>{" "}
          (CVPR 2015) that deep networks of all kinds can be fooled like this, and here you repeat it, vary it and measure it.
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
