"use client";
/**
 * The zoom and position of the stage. The wheel with Ctrl, or a pinch, zooms; the plain wheel zooms only while the stage has the focus, and
 * otherwise scrolls the page. Shift and a horizontal wheel pan. The page handles wheel events that would not change the view.
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
  const [requestedView, setRequestedView] = useState<View>(wholeView);
  const view = clampView(requestedView, grid);
  const latest = useRef({ grid, view });
  latest.current = { grid, view };

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const current = latest.current;
      const box = element.getBoundingClientRect();
      const isHorizontal = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!isHorizontal && !event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return;
      const next = isHorizontal
        ? panBy(current.view, current.grid, event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX, 0)
        : zoomAt(current.view, current.grid, Math.exp(-event.deltaY * wheelRate), event.clientX - box.left, event.clientY - box.top);
      const isUnchanged = next.zoom === current.view.zoom && next.x === current.view.x && next.y === current.view.y;
      if (isUnchanged && !event.ctrlKey) return;
      event.preventDefault();
      setRequestedView(next);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [stage]);

  const change = (next: (view: View, grid: Grid) => View) => setRequestedView((current) => next(clampView(current, grid), grid));
  const zoomBy = (factor: number) => change((current) => zoomAt(current, grid, factor, grid.width / 2, grid.height / 2));
  const fit = () => setRequestedView(wholeView);
  return { view, change, zoomBy, fit };
}
