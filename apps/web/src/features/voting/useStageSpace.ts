"use client";
/**
 * The space for images on the voting page: what the window has left beside all other parts of the page, whatever height the images have
 * now. Updates when the window or a part changes its size.
 */
import { type RefObject, useLayoutEffect, useRef, useState } from "react";

export interface StageSpace {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Null until the element is laid out. @param page Selects the ancestor that encloses all parts; its ref is set after this effect. */
export function useStageSpace<E extends HTMLElement>(page: string): readonly [RefObject<E | null>, StageSpace | null] {
  const element = useRef<E>(null);
  const [space, setSpace] = useState<StageSpace | null>(null);
  useLayoutEffect(() => {
    const stage = element.current;
    const whole = stage?.closest<HTMLElement>(page) ?? null;
    if (stage === null || whole === null) return;
    const read = () => {
      const width = stage.clientWidth;
      const screen = whole.hasAttribute("data-preview") ? whole.clientHeight : window.innerHeight;
      const height = Math.max(0, screen - (whole.offsetHeight - stage.offsetHeight));
      setSpace((known) => (known?.width === width && known.height === height ? known : { width, height }));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(stage);
    observer.observe(whole);
    window.addEventListener("resize", read);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", read);
    };
  }, [page]);
  return [element, space];
}
