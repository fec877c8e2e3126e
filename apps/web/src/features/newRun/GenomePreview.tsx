"use client";
/** Images of the run's first individuals, drawn in the browser by the same code as in the worker. */
import type { Encoding } from "@pareidolia/core/encoding";
import { type FloatImage, type ImageShape, quantiseImage } from "@pareidolia/core/image";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";
import { getEncoding } from "@pareidolia/encodings/registry";
import { useEffect, useMemo, useRef, useState } from "react";
import pixelImageStyles from "../marks/PixelImage.module.css";
import { wholePixels } from "../marks/PixelImage.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./GenomePreview.module.css";
import type { Values } from "./parameterForm.ts";

interface GenomePreviewProps {
  readonly encodingId: string;
  /** Values of the form; only the encoding's own parameters are used. */
  readonly parameters: Values;
  readonly shape: ImageShape;
  /** Null while the seed is invalid: no images are drawn. */
  readonly seed: number | null;
  onNewSeed(): void;
}

const imageCount = 4;

type EncodingSettings = Pick<GenomePreviewProps, "encodingId" | "shape" | "parameters">;

function createEncoding({ encodingId, shape, parameters }: EncodingSettings): Encoding<unknown> | null {
  try {
    const definition = getEncoding(encodingId);
    const encodingParameters = Object.fromEntries(definition.parameters.map(({ name }) => [name, parameters[name]]));
    return definition.create(shape, resolveParameters(definition.parameters, encodingParameters));
  } catch {
    return null;
  }
}

function drawImages(encoding: Encoding<unknown>, seed: number, mutations: number): readonly FloatImage[] {
  return Array.from({ length: imageCount }, (_, index) => {
    let genome = encoding.initialise(new Random({ seed, generation: 0, index, purpose: Purpose.INITIALISE }));
    for (let generation = 1; generation <= mutations; generation++)
      genome = encoding.mutate(genome, new Random({ seed, generation, index, purpose: Purpose.MUTATE }));
    return encoding.decode(genome);
  });
}

export function GenomePreview({ encodingId, parameters, shape, seed, onNewSeed }: GenomePreviewProps) {
  const [mutations, setMutations] = useState(0);
  const settings = JSON.stringify({ encodingId, shape, parameters });
  const images = useMemo(() => {
    const encoding = createEncoding(JSON.parse(settings) as EncodingSettings);
    return encoding && seed !== null ? drawImages(encoding, seed, mutations) : [];
  }, [settings, seed, mutations]);
  return (
    <section>
      <h2>First images</h2>
      <p className={`t12 muted ${styles.previewNote}`}>
        {seed === null
          ? "The seed is invalid; see the form."
          : images.length === 0
            ? "These parameters are invalid; see the form."
            : mutations === 0
              ? `Generation 0 with seed ${seed}, drawn in this browser and not scored.`
              : `After ${mutations} ${mutations === 1 ? "mutation" : "mutations"}, drawn in this browser and not scored.`}
      </p>
      <div className={styles.previewGrid}>
        {images.map((image, index) => (
          <PreviewCanvas key={`${shape.width}x${shape.height}-${index}`} image={image} />
        ))}
      </div>
      <div className={`${styles.previewActions} t12`}>
        <span className="muted">
          Seed <span className="n12 second">{seed ?? "–"}</span>
        </span>
        <span>
          <button
            type="button"
            className={toolButtonStyles.toolButton}
            onClick={() => {
              setMutations(0);
              onNewSeed();
            }}
          >
            New seed
          </button>
          <button
            type="button"
            className={toolButtonStyles.toolButton}
            disabled={seed === null}
            onClick={() => setMutations(mutations + 1)}
          >
            Mutate
          </button>
        </span>
      </div>
    </section>
  );
}

function PreviewCanvas({ image }: { image: FloatImage }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const { width, height, channels, pixels } = quantiseImage(image);
    const target = context.createImageData(width, height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      for (let channel = 0; channel < 3; channel++)
        target.data[4 * pixel + channel] = pixels[pixel * channels + (channels === 1 ? 0 : channel)] ?? 0;
      target.data[4 * pixel + 3] = 255;
    }
    context.putImageData(target, 0, 0);
  }, [image]);
  return (
    <canvas
      ref={canvas}
      className={`${pixelImageStyles.pixelImage} ${pixelImageStyles.fluid}`}
      style={wholePixels(image.width)}
      width={image.width}
      height={image.height}
    />
  );
}
