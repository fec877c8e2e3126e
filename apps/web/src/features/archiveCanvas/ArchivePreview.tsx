"use client";
/** A live preview of a large archive: its best tiles, above a bar with the distribution of all confidences. */
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
  /** The generation of the archive. */
  readonly shown: number;
}

const rows = 10;
const maxColumns = 35;
/** In pixels. */
const smallestCell = 16;

/** The grid of a preview with this width. */
function previewGrid(width: number): Grid {
  const columns = Math.max(1, Math.min(maxColumns, Math.floor(width / smallestCell)));
  const cell = Math.max(1, Math.floor(width / columns));
  return { count: columns * rows, columns, rows, cell, cellHeight: cell, width: columns * cell, height: rows * cell };
}

/** The share of niches in each interval of confidence, highest first. The confidence sets the colour. */
function confidenceShares(elites: readonly TileEliteFragment[], niches: number): readonly { confidence: number; share: number }[] {
  const edges = [...notchConfidences, 0.45, 0];
  const counts = edges.map((edge) => elites.filter(({ storedConfidence }) => storedConfidence >= edge).length);
  return edges.map((confidence, i) => ({ confidence, share: ((counts[i] ?? 0) - (counts[i - 1] ?? 0)) / niches }));
}

export function ArchivePreview({ runId, labels, elites, shown }: ArchivePreviewProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(592);
  const { resolvedTheme } = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [bitmaps, loadCount] = useTileBitmaps();
  const grid = useMemo(() => previewGrid(width), [width]);
  const niches = useMemo(() => orderNiches(labels, elites, "confidence").slice(0, grid.count), [labels, elites, grid.count]);
  const { sheet, isLoading } = useContactSheet({ runId, elites, shown, cell: grid.cell });
  const glows = useGlows(elites, true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a loaded bitmap changes `bitmaps`, and the theme changes the colours
  useEffect(() => {
    if (!bitmaps) return;
    const frameRequest = requestAnimationFrame(() => {
      if (canvas.current)
        drawArchive(canvas.current, {
          niches,
          grid,
          view: wholeView,
          bitmaps,
          sheet,
          isSheetLoading: isLoading,
          shown,
          search: "",
          highlighted: null,
          glows,
          notches: [],
        });
    });
    return () => cancelAnimationFrame(frameRequest);
  }, [niches, grid, bitmaps, sheet, isLoading, shown, glows, loadCount, resolvedTheme]);
  return (
    <div ref={frame} className={styles.preview} aria-hidden="true">
      <canvas ref={canvas} style={{ width: grid.width, height: grid.height }} />
      <div className={styles.distribution}>
        {confidenceShares(elites, Math.max(1, labels.length)).map(({ confidence, share }) => (
          <i key={confidence} style={{ flexGrow: share, background: rampColor(confidence) }} />
        ))}
        <i style={{ flexGrow: Math.max(0, 1 - elites.length / Math.max(1, labels.length)) }} />
      </div>
    </div>
  );
}
