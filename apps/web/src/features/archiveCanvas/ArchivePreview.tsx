"use client";
/** The best tiles of a large archive, filling while one looks, over a bar that says how the confidences of all niches are spread. */
import { useTheme } from "next-themes";
import { useEffect, useMemo, useRef } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { rampColor } from "../marks/confidence.ts";
import styles from "./ArchivePreview.module.css";
import { type Grid, wholeView } from "./canvasLayout.ts";
import { drawArchive } from "./drawArchive.ts";
import { notchConfidences, orderNiches } from "./niches.ts";
import { useContactSheet } from "./useContactSheet.ts";
import { useGlows } from "./useGlows.ts";
import { useTileBitmaps } from "./useTileBitmaps.ts";

interface ArchivePreviewProps {
  readonly runId: string;
  readonly labels: readonly string[];
  readonly elites: readonly TileEliteFragment[];
  /** The generation whose archive this is. */
  readonly shown: number;
}

const rows = 10;
const mostColumns = 35;
const smallestCell = 16;

/** How many tiles a preview of that width shows. */
function previewGrid(width: number): Grid {
  const columns = Math.max(1, Math.min(mostColumns, Math.floor(width / smallestCell)));
  const cell = Math.max(1, Math.floor(width / columns));
  return { count: columns * rows, columns, rows, cell, cellHeight: cell, width: columns * cell, height: rows * cell };
}

/** Shares of all niches, the surest first: each with a confidence for its colour. */
function spread(elites: readonly TileEliteFragment[], niches: number): readonly { confidence: number; share: number }[] {
  const edges = [...notchConfidences, 0.45, 0];
  const counts = edges.map((edge) => elites.filter(({ storedFitness }) => storedFitness >= edge).length);
  return edges.map((confidence, i) => ({ confidence, share: ((counts[i] ?? 0) - (counts[i - 1] ?? 0)) / niches }));
}

export function ArchivePreview({ runId, labels, elites, shown }: ArchivePreviewProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(592);
  const { resolvedTheme } = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [bitmaps, arrivals] = useTileBitmaps();
  const grid = useMemo(() => previewGrid(width), [width]);
  const niches = useMemo(() => orderNiches(labels, elites, "confidence").slice(0, grid.count), [labels, elites, grid.count]);
  const { sheet, coming } = useContactSheet({ runId, elites, shown, cell: grid.cell });
  const glows = useGlows(elites, true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an arrival changes what the bitmaps hold, a theme the colours
  useEffect(() => {
    if (!bitmaps) return;
    const drawn = requestAnimationFrame(() => {
      if (canvas.current)
        drawArchive(canvas.current, {
          niches,
          grid,
          view: wholeView,
          bitmaps,
          sheet,
          coming,
          shown,
          search: "",
          pointed: null,
          glows,
          notches: [],
        });
    });
    return () => cancelAnimationFrame(drawn);
  }, [niches, grid, bitmaps, sheet, coming, shown, glows, arrivals, resolvedTheme]);
  return (
    <div ref={frame} className={styles.preview} aria-hidden="true">
      <canvas ref={canvas} style={{ width: grid.width, height: grid.height }} />
      <div className={styles.spread}>
        {spread(elites, Math.max(1, labels.length)).map(({ confidence, share }) => (
          <i key={confidence} style={{ flexGrow: share, background: rampColor(confidence) }} />
        ))}
        <i style={{ flexGrow: Math.max(0, 1 - elites.length / Math.max(1, labels.length)) }} />
      </div>
    </div>
  );
}
