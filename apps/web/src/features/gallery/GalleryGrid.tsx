"use client";
/**
 * A virtualised grid of images: only the rows near the view are rendered. The arrow keys, Home, End and the page keys move the focus
 * through all images, including those not rendered yet. Enter opens an image.
 */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { imageZoom } from "../marks/imageZoom.ts";
import styles from "./Gallery.module.css";
import { BlankTile, GalleryTile } from "./GalleryTile.tsx";
import type { GalleryItem } from "./galleryItem.ts";

interface GalleryGridProps {
  readonly items: readonly GalleryItem[];
  readonly total: number;
  /** Index of the image to scroll to first. */
  readonly initialPosition: number;
  /** Called after scrolling, with the index of the first image in view. */
  readonly onPositionChange: (index: number) => void;
  /** Called with the number of images that the view needs. */
  readonly onCountNeeded: (count: number) => void;
  /** IDs of the selected images; null outside selection mode, where a tile opens its image. */
  readonly selection: ReadonlySet<string> | null;
  readonly onToggle: (imageId: string) => void;
}

const imageSide = 112;
const tileWidth = 112;
/** Gaps between columns. With the narrow gap, three columns fit on a phone. */
const wideGap = 24;
const narrowGap = 8;
const narrowWidth = 480;
const rowHeight = imageSide + 100;

/** The first row in view of a grid whose top is at `top` on the page. */
function firstRowInView(top: number): number {
  return Math.max(0, Math.floor((window.scrollY - top + rowHeight / 2) / rowHeight));
}

export function GalleryGrid(props: GalleryGridProps) {
  const { items, total, initialPosition, onPositionChange, onCountNeeded, selection, onToggle } = props;
  const root = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(0);
  const [gap, setGap] = useState(wideGap);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(initialPosition);
  const focusNext = useRef(false);
  const scrollTarget = useRef(initialPosition);
  const restored = useRef(false);

  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    const measure = () => {
      const newGap = element.clientWidth < narrowWidth ? narrowGap : wideGap;
      setGap(newGap);
      setColumns(Math.max(1, Math.floor((element.clientWidth + newGap) / (tileWidth + newGap))));
      setTop(element.getBoundingClientRect().top + window.scrollY);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const rows = columns === 0 ? 0 : Math.ceil(total / columns);
  const virtual = useWindowVirtualizer({ count: rows, estimateSize: () => rowHeight, overscan: 5, scrollMargin: top });
  const renderedRows = virtual.getVirtualItems();
  const lastRow = renderedRows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (columns > 0) onCountNeeded(Math.min(total, (lastRow + 1) * columns));
  }, [columns, lastRow, total, onCountNeeded]);

  useEffect(() => {
    if (columns === 0 || restored.current) return;
    restored.current = true;
    if (scrollTarget.current > 0)
      virtual.scrollToIndex(Math.floor(Math.min(scrollTarget.current, total - 1) / columns), { align: "start" });
  }, [columns, total, virtual]);

  useEffect(() => {
    if (columns === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let saved: number | null = null;
    const save = () => {
      const position = firstRowInView(top) * columns;
      if (position === saved) return;
      saved = position;
      onPositionChange(position);
    };
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(save, 200);
    };
    // A click may start a navigation, which a later change of the address would cancel.
    const onClick = () => clearTimeout(timer);
    window.addEventListener("scroll", onScroll, { passive: true });
    window.addEventListener("click", onClick, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener("scroll", onScroll);
      window.removeEventListener("click", onClick, { capture: true });
    };
  }, [columns, top, onPositionChange]);

  // A reloaded list may move its items: scroll position and focus follow them.
  const previousItems = useRef(items);
  useLayoutEffect(() => {
    const previous = previousItems.current;
    previousItems.current = items;
    if (previous === items) return;
    const newIndexOf = (index: number) => {
      const item = previous[index];
      const found = item === undefined || items[index]?.id === item.id ? -1 : items.findIndex(({ id }) => id === item.id);
      return found < 0 ? index : found;
    };
    scrollTarget.current = newIndexOf(scrollTarget.current);
    const row = restored.current ? firstRowInView(top) : 0;
    const newRow = row === 0 ? 0 : Math.floor(newIndexOf(row * columns) / columns);
    if (newRow !== row) virtual.scrollToOffset(window.scrollY + (newRow - row) * rowHeight);
    if (newIndexOf(active) !== active) {
      focusNext.current = root.current?.contains(document.activeElement) ?? false;
      setActive(newIndexOf(active));
    }
  }, [items, columns, top, active, virtual]);

  useEffect(() => {
    if (!focusNext.current) return;
    const link = root.current?.querySelector<HTMLElement>(`[data-index="${active}"] :is(a, button)`);
    if (link === null || link === undefined) return;
    focusNext.current = false;
    link.focus({ preventScroll: true });
  });

  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(window.innerHeight / rowHeight) - 1) * columns;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      PageUp: -page,
      PageDown: page,
      Home: -active,
      End: items.length - 1 - active,
    };
    const distance = steps[event.key];
    if (distance === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const next = active + distance;
    if (next < 0 || next >= total) return;
    setActive(next);
    focusNext.current = true;
    virtual.scrollToIndex(Math.floor(next / columns), { align: "auto" });
  };

  const firstRendered = (renderedRows[0]?.index ?? 0) * columns;
  const endRendered = (lastRow + 1) * columns;
  /** The item in the tab order. */
  const tabStop = active >= firstRendered && active < endRendered && active < items.length ? active : firstRendered;

  return (
    <div
      ref={root}
      className={styles.grid}
      style={{ height: virtual.getTotalSize() }}
      role="grid"
      aria-label="Images"
      aria-rowcount={rows}
      aria-colcount={columns}
      onKeyDown={move}
    >
      {renderedRows.map((row) => (
        <div
          key={row.key}
          role="row"
          aria-rowindex={row.index + 1}
          className={styles.row}
          style={{
            transform: `translateY(${row.start - top}px)`,
            gridTemplateColumns: `repeat(${columns}, ${tileWidth}px)`,
            columnGap: gap,
          }}
        >
          {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
            const index = row.index * columns + column;
            const item = items[index];
            return (
              <div key={index} role="gridcell" aria-colindex={column + 1} data-index={index} className={styles.cell}>
                {item === undefined ? (
                  <BlankTile />
                ) : (
                  <GalleryTile
                    item={item}
                    zoom={imageZoom(item.image, imageSide)}
                    tabIndex={index === tabStop ? 0 : -1}
                    onFocus={() => setActive(index)}
                    isSelected={selection === null ? null : selection.has(item.image.id)}
                    onToggle={() => onToggle(item.image.id)}
                  />
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
