"use client";
/** The mask over an image, drawn before the trial starts and shown by the style sheet in its phase. */
import { useLayoutEffect, useRef } from "react";
import { drawStatic, maskCells } from "./staticMask.ts";
import styles from "./TrialStage.module.css";

export function MaskCanvas({ seed, index }: { readonly seed: number; readonly index: number }) {
  const element = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    element.current?.getContext("2d")?.putImageData(new ImageData(drawStatic(seed, index), maskCells, maskCells), 0, 0);
  }, [seed, index]);
  return <canvas ref={element} width={maskCells} height={maskCells} className={styles.mask} aria-hidden="true" />;
}
