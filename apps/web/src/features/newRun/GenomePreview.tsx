"use client";
/** What the encoding draws before any selection: the run's own first individuals, made here by the same code as in the worker. */
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
  /** The encoding's; others are ignored. */
  readonly parameters: Values;
  readonly shape: ImageShape;
  /** Null draws nothing. */
  readonly seed: number | null;
  onAnotherSeed(): void;
}

const count = 4;

type Recipe = Pick<GenomePreviewProps, "encodingId" | "shape" | "parameters">;

function bind({ encodingId, shape, parameters }: Recipe): Encoding<unknown> | null {
  try {
    const definition = getEncoding(encodingId);
    const own = Object.fromEntries(definition.parameters.map(({ name }) => [name, parameters[name]]));
    return definition.create(shape, resolveParameters(definition.parameters, own));
  } catch {
    return null;
  }
}

function drawGenerations(encoding: Encoding<unknown>, seed: number, mutations: number): readonly FloatImage[] {
  return Array.from({ length: count }, (_, index) => {
    let genome = encoding.initialise(new Random({ seed, generation: 0, index, purpose: Purpose.INITIALISE }));
    for (let generation = 1; generation <= mutations; generation++)
      genome = encoding.mutate(genome, new Random({ seed, generation, index, purpose: Purpose.MUTATE }));
    return encoding.decode(genome);
  });
}

export function GenomePreview({ encodingId, parameters, shape, seed, onAnotherSeed }: GenomePreviewProps) {
  const [mutations, setMutations] = useState(0);
  const recipe = JSON.stringify({ encodingId, shape, parameters });
  const images = useMemo(() => {
    const encoding = bind(JSON.parse(recipe) as Recipe);
    return encoding && seed !== null ? drawGenerations(encoding, seed, mutations) : [];
  }, [recipe, seed, mutations]);
  return (
    <section>
      <h2>What it draws first</h2>
      <p className={`t12 muted ${styles.previewNote}`}>
        {seed === null
          ? "An image needs a seed; see the form."
          : images.length === 0
            ? "These parameters draw nothing; see the form."
            : mutations === 0
              ? `Generation 0 of seed ${seed}, drawn here. Not yet scored.`
              : `Mutated ${mutations} times, drawn here. Not yet scored.`}
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
              onAnotherSeed();
            }}
          >
            Another
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
