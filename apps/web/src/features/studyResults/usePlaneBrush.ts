"use client";
/** Drawing, moving and resizing the brush of the plane by mouse, pen, finger and keyboard. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { type Brush, brushAfterKey, brushBetween, moveBrush } from "./planeBrush.ts";
import type { PlaneScale } from "./planeScale.ts";

/** Pixels around a corner of the brush that drag it. */
const cornerReach = 10;
/** A press that moves less is a click, which removes the brush. */
const clickPixels = 4;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Drag {
  readonly from: Point;
  /** The corner that stays, in units and shares; null while the whole brush moves. */
  readonly anchor: Point | null;
  readonly brush: Brush | null;
  moved: boolean;
}

export interface PlaneBrush {
  /** The brush with the drag in progress. */
  readonly brush: Brush | null;
  readonly isDragging: boolean;
  readonly handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  };
}

/** @param touch whether a finger draws; otherwise it scrolls the page. */
export function usePlaneBrush(brush: Brush | null, scale: PlaneScale, touch: boolean, onBrush: (brush: Brush | null) => void): PlaneBrush {
  const drag = useRef<Drag | null>(null);
  const [draft, setDraft] = useState<Brush | null>(null);
  const pointOf = (event: PointerEvent<HTMLElement>): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const unitsOf = ({ x, y }: Point): Point => ({ x: scale.unitsAt(x), y: scale.shareAt(y) });
  const dragged = (current: Drag, to: Point): Brush => {
    if (current.anchor !== null) return brushBetween(current.anchor, unitsOf(to), scale.limits);
    const perPixel = (scale.limits.right - scale.limits.left) / (scale.right - scale.left);
    const across = (to.x - current.from.x) * perPixel;
    const up = (current.from.y - to.y) / (scale.bottom - scale.top);
    return moveBrush(current.brush as Brush, across, up, scale.limits);
  };
  const end = (): void => {
    drag.current = null;
    setDraft(null);
  };
  return {
    brush: draft ?? brush,
    isDragging: draft !== null,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0 || (event.pointerType === "touch" && !touch)) return;
        const from = pointOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = {
          from,
          moved: false,
          brush,
          anchor: anchorOf(brush, from, scale) ?? (isInside(brush, from, scale) ? null : unitsOf(from)),
        };
      },
      onPointerMove(event) {
        const current = drag.current;
        if (current === null) return;
        const to = pointOf(event);
        if (!current.moved && Math.hypot(to.x - current.from.x, to.y - current.from.y) < clickPixels) return;
        current.moved = true;
        setDraft(dragged(current, to));
      },
      onPointerUp(event) {
        const current = drag.current;
        if (current === null) return;
        onBrush(current.moved ? dragged(current, pointOf(event)) : null);
        end();
      },
      onPointerCancel: end,
      onKeyDown(event) {
        if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
        const next = brushAfterKey(brush, event.key, event.shiftKey, scale.limits);
        if (next === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onBrush(next);
      },
    },
  };
}

interface Corner extends Point {
  readonly opposite: Point;
}

/** The corners of a brush in pixels, each with the opposite corner in units and shares. */
export function cornersOf({ left, right, bottom, top }: Brush, scale: PlaneScale): readonly Corner[] {
  return [left, right].flatMap((across) =>
    [bottom, top].map((up) => ({
      x: scale.x(across),
      y: scale.y(up),
      opposite: { x: across === left ? right : left, y: up === bottom ? top : bottom },
    })),
  );
}

/** The corner that stays when the pointer drags the opposite one; null away from the corners. */
function anchorOf(brush: Brush | null, at: Point, scale: PlaneScale): Point | null {
  if (brush === null) return null;
  return cornersOf(brush, scale).find(({ x, y }) => Math.hypot(x - at.x, y - at.y) <= cornerReach)?.opposite ?? null;
}

function isInside(brush: Brush | null, { x, y }: Point, scale: PlaneScale): boolean {
  if (brush === null) return false;
  return x >= scale.x(brush.left) && x <= scale.x(brush.right) && y >= scale.y(brush.top) && y <= scale.y(brush.bottom);
}
