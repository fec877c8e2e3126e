"use client";
/** The genome redrawn in this browser, with the result of its comparison with the stored bytes. */
import type { ByteImage } from "@pareidolia/core/image";
import { imageZoom } from "../marks/imageZoom.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelCanvas } from "./PixelCanvas.tsx";
import styles from "./RedrawComparison.module.css";
import type { Redrawing } from "./useRedrawing.ts";

const side = 168;

function Verdict({ redrawing }: { readonly redrawing: Redrawing }) {
  if (redrawing.kind === "waiting") return <p className={styles.verdict}>Drawing</p>;
  if (redrawing.kind === "failed")
    return (
      <>
        <p className={styles.verdict}>Could not be drawn here</p>
        <p>{redrawing.reason}</p>
      </>
    );
  const { comparison, milliseconds } = redrawing;
  const time = `in ${milliseconds < 1 ? "under 1" : Math.round(milliseconds)} ms`;
  if (comparison.kind === "identical")
    return (
      <>
        <p className={styles.verdict}>
          <span aria-hidden="true">= </span>identical, byte for byte
        </p>
        <p>
          Your browser drew the genome {time} and rounded it to 8 bits: all <span className="n12">{formatCount(comparison.bytes)}</span>{" "}
          bytes match the stored image that the network scored.
        </p>
      </>
    );
  if (comparison.kind === "shape")
    return (
      <>
        <p className={styles.verdict}>
          <span aria-hidden="true">≠ </span>different size
        </p>
        <p>The stored image’s width, height or channels differ from those in the genome’s document.</p>
      </>
    );
  return (
    <>
      <p className={styles.verdict}>
        <span aria-hidden="true">≠ </span>
        <span className="n12">{formatCount(comparison.count)}</span> of <span className="n12">{formatCount(comparison.bytes)}</span> bytes
        differ
      </p>
      <p>
        They differ by at most <span className="n12">{comparison.largest}</span> of 255; drawn {time}. Another version stored the image, or
        there is a bug.
      </p>
    </>
  );
}

export function RedrawComparison({ redrawing }: { readonly redrawing: Redrawing }) {
  const drawn: ByteImage | null = redrawing.kind === "drawn" ? redrawing.drawn : null;
  return (
    <section className={styles.section} aria-labelledby="redrawn">
      <h2 id="redrawn">Drawn again</h2>
      <div className={styles.body}>
        <div className={styles.image}>
          {drawn === null ? null : <PixelCanvas image={drawn} zoom={imageZoom(drawn, side)} label="The genome, drawn in this browser" />}
        </div>
        <div className={styles.result} aria-live="polite">
          <Verdict redrawing={redrawing} />
        </div>
      </div>
    </section>
  );
}
