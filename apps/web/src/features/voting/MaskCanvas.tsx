"use client";
/** The mask over an image, drawn before the trial starts and shown by the style sheet in its phase. */
import { useLayoutEffect, useRef } from "react";
import { drawStatic } from "./staticMask.ts";
import styles from "./TrialStage.module.css";

interface MaskCanvasProps {
  readonly seed: number;
  readonly index: number;
  /** Cells of static on each side. */
  readonly cells: number;
}

export function MaskCanvas({ seed, index, cells }: MaskCanvasProps) {
  const element = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    element.current?.getContext("2d")?.putImageData(new ImageData(drawStatic(seed, index, cells), cells, cells), 0, 0);
  }, [seed, index, cells]);
  return <canvas ref={element} width={cells} height={cells} className={styles.mask} aria-hidden="true" />;
}
