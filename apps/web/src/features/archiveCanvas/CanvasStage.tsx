"use client";
/** Up to 1,000 tiles on one canvas, with zoom and pan by wheel, drag and keyboard, and a plaque for the hovered or selected tile. */
import { useTheme } from "next-themes";
import { type KeyboardEvent, type PointerEvent, type RefObject, useContext, useEffect, useId, useRef, useState } from "react";
import { useRouter } from "../addresses/navigation.ts";
import { formatConfidence } from "../marks/confidence.ts";
import { ElitePlaceContext } from "../marks/ElitePlace.tsx";
import { Keys } from "../marks/Keys.tsx";
import styles from "./ArchiveCanvas.module.css";
import { ArchivePlaque } from "./ArchivePlaque.tsx";
import { zoomStep } from "./ArchiveTools.tsx";
import { panBy, positionOf, reveal, tileAt } from "./canvasLayout.ts";
import { type ArchiveDrawing, drawArchive } from "./drawArchive.ts";
import { NotchLabels } from "./NotchLabels.tsx";
import type { Niche } from "./niches.ts";
import { useAnnouncement } from "./useAnnouncement.ts";
import type { CanvasView } from "./useCanvasView.ts";
import { useTileBitmaps } from "./useTileBitmaps.ts";

interface CanvasStageProps {
  readonly stage: RefObject<HTMLDivElement | null>;
  readonly drawing: Omit<ArchiveDrawing, "view" | "bitmaps" | "highlighted">;
  /** Progress of the loading images, 0 to 1; null while none are loading. */
  readonly progress: number | null;
  readonly view: CanvasView;
  /** Space for labels at the left, in pixels. */
  readonly margin: number;
  /** The class of the selected niche. */
  readonly chosen: number | null;
  onChoose(niche: number | null): void;
}

/** Pixels that the pointer must move before a drag starts. */
const dragThreshold = 4;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function describeNiche(niche: Niche): string {
  return `${niche.label}, class ${niche.niche}, ${niche.elite ? formatConfidence(niche.elite.storedConfidence) : "empty"}`;
}

export function CanvasStage({ stage, drawing, progress, view: { view, change, zoomBy, fit }, margin, chosen, onChoose }: CanvasStageProps) {
  const router = useRouter();
  const place = useContext(ElitePlaceContext);
  const { resolvedTheme } = useTheme();
  const helpId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<{ left: number; top: number; moved: boolean } | null>(null);
  const [bitmaps, loadCount] = useTileBitmaps();
  const [hovered, setHovered] = useState<number | null>(null);
  const { niches, grid, sheet, isSheetLoading, shown, search, glows, notches } = drawing;
  const chosenIndex = niches.findIndex(({ niche }) => niche === chosen);
  const selected = chosenIndex < 0 ? null : chosenIndex;
  const highlighted = selected ?? hovered;
  const niche = highlighted === null ? undefined : niches[highlighted];
  const { zoom, x, y } = view;
  const announcement = useAnnouncement(niche ? describeNiche(niche) : "", selected === null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a loaded bitmap changes `bitmaps`, and the theme changes the colours
  useEffect(() => {
    if (!bitmaps) return;
    const frame = requestAnimationFrame(() => {
      if (canvas.current)
        drawArchive(canvas.current, {
          niches,
          grid,
          sheet,
          isSheetLoading,
          shown,
          search,
          glows,
          notches,
          view: { zoom, x, y },
          bitmaps,
          highlighted,
        });
    });
    return () => cancelAnimationFrame(frame);
  }, [niches, grid, sheet, isSheetLoading, shown, search, glows, notches, zoom, x, y, bitmaps, highlighted, loadCount, resolvedTheme]);
  const revealed = useRef<number | null>(null);
  useEffect(() => {
    if (selected !== null && selected !== revealed.current)
      change((currentView, currentGrid) => reveal(selected, currentGrid, currentView));
    revealed.current = selected;
  });

  const indexAt = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return tileAt(event.clientX - box.left, event.clientY - box.top, grid, view);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const start = drag.current;
    if (!start) {
      if (event.pointerType !== "touch") setHovered(indexAt(event));
      return;
    }
    const [left, top] = [start.left - event.clientX, start.top - event.clientY];
    if (!start.moved && Math.hypot(left, top) < dragThreshold) return;
    drag.current = { left: event.clientX, top: event.clientY, moved: true };
    change((currentView, currentGrid) => panBy(currentView, currentGrid, left, top));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (drag.current && !drag.current.moved) {
      const tile = niches[indexAt(event) ?? -1];
      onChoose(tile && tile.niche !== chosen ? tile.niche : null);
    }
    drag.current = null;
  };
  const open = (tile: Niche | undefined) => {
    if (tile?.elite) (place.open ?? ((id) => router.push(place.hrefOf(id))))(tile.elite.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    const select = (index: number) => {
      if (niches[index]) onChoose(niches[index].niche);
    };
    if (arrow && event.shiftKey) change((currentView, currentGrid) => panBy(currentView, currentGrid, arrow[0] * 48, arrow[1] * 48));
    else if (arrow) select(selected === null ? (hovered ?? 0) : selected + arrow[0] + arrow[1] * grid.columns);
    else if (event.key === "Home") select(0);
    else if (event.key === "End") select(niches.length - 1);
    else if (event.key === "+" || event.key === "=") zoomBy(zoomStep);
    else if (event.key === "-") zoomBy(1 / zoomStep);
    else if (event.key === "0") fit();
    else if (event.key === "Enter") open(niche);
    else if (event.key === "Escape" && chosen !== null) onChoose(null);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={styles.stage} style={{ height: grid.height, width: grid.width, marginLeft: margin }}>
        {zoom === 1 && margin > 0 ? <NotchLabels notches={notches} grid={grid} /> : null}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the stage handles keys that move between its tiles */}
        <div
          ref={stage}
          className={styles.surface}
          role="application"
          aria-label="Archive"
          aria-describedby={helpId}
          tabIndex={0}
          style={{ touchAction: zoom > 1 ? "none" : "pan-y" }}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { left: event.clientX, top: event.clientY, moved: false };
          }}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => {
            drag.current = null;
          }}
          onPointerLeave={() => setHovered(null)}
          onDoubleClick={() => open(niche)}
        >
          <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
        </div>
        {progress === null ? null : (
          <div className={styles.loading} role="progressbar" aria-label="Images loaded" aria-valuenow={Math.floor(progress * 100)}>
            <i style={{ width: `${progress * 100}%` }} />
            <span className="t12">
              Loading images, <span className="n12">{Math.floor(progress * 100)}%</span>
            </span>
          </div>
        )}
        {niche && highlighted !== null ? (
          <ArchivePlaque niche={niche} tile={positionOf(highlighted, grid, view)} grid={grid} isSelected={selected !== null} />
        ) : null}
      </div>
      <p id={helpId} className={`${styles.help} t12 muted`} style={{ marginLeft: margin }}>
        Arrow keys move between tiles, + and − zoom, 0 resets the zoom, Enter opens an elite. Drag, or use Shift with the arrow keys, to
        pan. The wheel zooms with <Keys shortcut="mod" /> or after a click.
      </p>
      <p className="visuallyHidden" role="status">
        {announcement}
      </p>
    </>
  );
}
