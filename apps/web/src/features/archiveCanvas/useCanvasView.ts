"use client";
/**
 * Zoom and place of the stage. The wheel with Ctrl, or a pinch, zooms; once the stage has the focus the plain wheel zooms too, and
 * before that it scrolls the page. Shift and a sideways wheel move what is seen. What changes nothing is left to the page.
 */
import { type RefObject, useEffect, useRef, useState } from "react";
import { clampView, type Grid, panBy, type View, wholeView, zoomAt } from "./canvasLayout.ts";

const wheelRate = 0.002;

export interface CanvasView {
  readonly view: View;
  change(next: (view: View, grid: Grid) => View): void;
  zoomBy(factor: number): void;
  fit(): void;
}

export function useCanvasView(stage: RefObject<HTMLElement | null>, grid: Grid): CanvasView {
  const [wanted, setWanted] = useState<View>(wholeView);
  const view = clampView(wanted, grid);
  const latest = useRef({ grid, view });
  latest.current = { grid, view };

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      const now = latest.current;
      const box = element.getBoundingClientRect();
      const aside = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!aside && !event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return;
      const next = aside
        ? panBy(now.view, now.grid, event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX, 0)
        : zoomAt(now.view, now.grid, Math.exp(-event.deltaY * wheelRate), event.clientX - box.left, event.clientY - box.top);
      const same = next.zoom === now.view.zoom && next.x === now.view.x && next.y === now.view.y;
      if (same && !event.ctrlKey) return;
      event.preventDefault();
      setWanted(next);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [stage]);

  const change = (next: (view: View, grid: Grid) => View) => setWanted((before) => next(clampView(before, grid), grid));
  const zoomBy = (factor: number) => change((now) => zoomAt(now, grid, factor, grid.width / 2, grid.height / 2));
  const fit = () => setWanted(wholeView);
  return { view, change, zoomBy, fit };
}
