"use client";
/** The size of an element in CSS pixels. Updates when the element is resized. */
import { type RefObject, useLayoutEffect, useRef, useState } from "react";

export interface ElementSize {
  readonly width: number;
  readonly height: number;
}

/** Null until the element is laid out. */
export function useElementSize<E extends HTMLElement>(): readonly [RefObject<E | null>, ElementSize | null] {
  const element = useRef<E>(null);
  const [size, setSize] = useState<ElementSize | null>(null);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const read = () => {
      const { clientWidth: width, clientHeight: height } = target;
      setSize((known) => (known?.width === width && known.height === height ? known : { width, height }));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}
