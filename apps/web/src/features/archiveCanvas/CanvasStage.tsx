"use client";
/** The stage: up to a thousand tiles on one canvas, moved by wheel, drag and keys, with a plaque for the tile that is pointed at. */
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { formatConfidence } from "../marks/confidence.ts";
import styles from "./ArchiveCanvas.module.css";
import { ArchivePlaque } from "./ArchivePlaque.tsx";
import { zoomStep } from "./ArchiveTools.tsx";
import { panBy, placeOf, reveal, tileAt } from "./canvasLayout.ts";
import { type ArchiveDrawing, drawArchive } from "./drawArchive.ts";
import { NotchLabels } from "./NotchLabels.tsx";
import type { Niche } from "./niches.ts";
import { useAnnouncement } from "./useAnnouncement.ts";
import type { CanvasView } from "./useCanvasView.ts";
import { useTileBitmaps } from "./useTileBitmaps.ts";

interface CanvasStageProps {
  readonly stage: RefObject<HTMLDivElement | null>;
  readonly drawn: Omit<ArchiveDrawing, "view" | "bitmaps" | "pointed">;
  /** Progress of the loading images, 0 to 1; null while none are loading. */
  readonly progress: number | null;
  readonly view: CanvasView;
  /** Room at the left, in pixels; labels stand there. */
  readonly margin: number;
  /** The niche that was chosen, by its class. */
  readonly chosen: number | null;
  onChoose(niche: number | null): void;
}

const dragBegins = 4;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function wordsOf(niche: Niche): string {
  return `${niche.label}, class ${niche.niche}, ${niche.elite ? formatConfidence(niche.elite.storedFitness) : "empty"}`;
}

export function CanvasStage({ stage, drawn, progress, view: { view, change, zoomBy, fit }, margin, chosen, onChoose }: CanvasStageProps) {
  const router = useRouter();
  const { resolvedTheme } = useTheme();
  const help = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<{ left: number; top: number; moved: boolean } | null>(null);
  const [bitmaps, arrivals] = useTileBitmaps();
  const [hovered, setHovered] = useState<number | null>(null);
  const { niches, grid, sheet, coming, shown, search, glows, notches } = drawn;
  const at = niches.findIndex(({ niche }) => niche === chosen);
  const place = at < 0 ? null : at;
  const pointed = place ?? hovered;
  const niche = pointed === null ? undefined : niches[pointed];
  const { zoom, x, y } = view;
  const announced = useAnnouncement(niche ? wordsOf(niche) : "", place === null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an arrival changes what the bitmaps hold, a theme the colours
  useEffect(() => {
    if (!bitmaps) return;
    const frame = requestAnimationFrame(() => {
      if (canvas.current)
        drawArchive(canvas.current, { niches, grid, sheet, coming, shown, search, glows, notches, view: { zoom, x, y }, bitmaps, pointed });
    });
    return () => cancelAnimationFrame(frame);
  }, [niches, grid, sheet, coming, shown, search, glows, notches, zoom, x, y, bitmaps, pointed, arrivals, resolvedTheme]);
  const shownPlace = useRef<number | null>(null);
  useEffect(() => {
    if (place !== null && place !== shownPlace.current) change((now, here) => reveal(place, here, now));
    shownPlace.current = place;
  });

  const under = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return tileAt(event.clientX - box.left, event.clientY - box.top, grid, view);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const from = drag.current;
    if (!from) {
      if (event.pointerType !== "touch") setHovered(under(event));
      return;
    }
    const [left, top] = [from.left - event.clientX, from.top - event.clientY];
    if (!from.moved && Math.hypot(left, top) < dragBegins) return;
    drag.current = { left: event.clientX, top: event.clientY, moved: true };
    change((now, here) => panBy(now, here, left, top));
  };
  const release = (event: PointerEvent<HTMLElement>) => {
    if (drag.current && !drag.current.moved) {
      const tile = niches[under(event) ?? -1];
      onChoose(tile && tile.niche !== chosen ? tile.niche : null);
    }
    drag.current = null;
  };
  const open = (tile: Niche | undefined) => {
    if (tile?.elite) router.push(`/elites/${tile.elite.id}`);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    const goTo = (index: number) => {
      if (niches[index]) onChoose(niches[index].niche);
    };
    if (arrow && event.shiftKey) change((now, here) => panBy(now, here, arrow[0] * 48, arrow[1] * 48));
    else if (arrow) goTo(place === null ? (hovered ?? 0) : place + arrow[0] + arrow[1] * grid.columns);
    else if (event.key === "Home") goTo(0);
    else if (event.key === "End") goTo(niches.length - 1);
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
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the stage takes the keys that move over its tiles */}
        <div
          ref={stage}
          className={styles.surface}
          role="application"
          aria-label="Archive"
          aria-describedby={help}
          tabIndex={0}
          style={{ touchAction: zoom > 1 ? "none" : "pan-y" }}
          onKeyDown={press}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { left: event.clientX, top: event.clientY, moved: false };
          }}
          onPointerMove={move}
          onPointerUp={release}
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
        {niche && pointed !== null ? (
          <ArchivePlaque niche={niche} place={placeOf(pointed, grid, view)} grid={grid} stays={place !== null} />
        ) : null}
      </div>
      <p id={help} className={`${styles.help} t12 muted`} style={{ marginLeft: margin }}>
        Arrows go from tile to tile, + − 0 zoom, Enter opens; Shift with arrows, or a drag, moves the view. The wheel zooms with Ctrl, or
        after a click.
      </p>
      <p className="visuallyHidden" role="status">
        {announced}
      </p>
    </>
  );
}
