"use client";
/**
 * The virtualised grid. Only the rows near the view exist. Arrow keys, Home, End and the page keys move one focus
 * through all images, including those that are not drawn yet; Enter opens.
 */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { imageZoom } from "../marks/imageZoom.ts";
import styles from "./Gallery.module.css";
import { GalleryTile } from "./GalleryTile.tsx";
import type { GalleryItem } from "./galleryItem.ts";

interface GalleryGridProps {
  readonly items: readonly GalleryItem[];
  readonly total: number;
  /** Index of the image to begin at. */
  readonly place: number;
  readonly onPlace: (index: number) => void;
  readonly onWant: (count: number) => void;
}

const imageSide = 112;
const tileWidth = 112;
/** Between columns; on a phone three of them fit. */
const wideGap = 24;
const narrowGap = 8;
const narrow = 480;
const rowHeight = imageSide + 72;

/** The first row in view of a grid that begins at `top`. */
function rowInView(top: number): number {
  return Math.max(0, Math.floor((window.scrollY - top + rowHeight / 2) / rowHeight));
}

export function GalleryGrid({ items, total, place, onPlace, onWant }: GalleryGridProps) {
  const root = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(0);
  const [gap, setGap] = useState(wideGap);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(place);
  const focusNext = useRef(false);
  const begin = useRef(place);
  const restored = useRef(false);

  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    const measure = () => {
      const between = element.clientWidth < narrow ? narrowGap : wideGap;
      setGap(between);
      setColumns(Math.max(1, Math.floor((element.clientWidth + between) / (tileWidth + between))));
      setTop(element.getBoundingClientRect().top + window.scrollY);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const rows = columns === 0 ? 0 : Math.ceil(total / columns);
  const virtual = useWindowVirtualizer({ count: rows, estimateSize: () => rowHeight, overscan: 3, scrollMargin: top });
  const drawn = virtual.getVirtualItems();
  const lastRow = drawn.at(-1)?.index ?? 0;

  useEffect(() => {
    if (columns > 0) onWant(Math.min(total, (lastRow + 1) * columns));
  }, [columns, lastRow, total, onWant]);

  useEffect(() => {
    if (columns === 0 || restored.current) return;
    restored.current = true;
    if (begin.current > 0) virtual.scrollToIndex(Math.floor(Math.min(begin.current, total - 1) / columns), { align: "start" });
  }, [columns, total, virtual]);

  useEffect(() => {
    if (columns === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      clearTimeout(timer);
      timer = setTimeout(() => onPlace(rowInView(top) * columns), 200);
    };
    window.addEventListener("scroll", settle, { passive: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener("scroll", settle);
    };
  }, [columns, top, onPlace]);

  // A list that was read anew moves what is in it: view and focus go along.
  const standing = useRef(items);
  useLayoutEffect(() => {
    const before = standing.current;
    standing.current = items;
    if (before === items) return;
    const placeNow = (index: number) => {
      const item = before[index];
      const at = item === undefined || items[index]?.id === item.id ? -1 : items.findIndex(({ id }) => id === item.id);
      return at < 0 ? index : at;
    };
    begin.current = placeNow(begin.current);
    const row = restored.current ? rowInView(top) : 0;
    const rowNow = row === 0 ? 0 : Math.floor(placeNow(row * columns) / columns);
    if (rowNow !== row) virtual.scrollToOffset(window.scrollY + (rowNow - row) * rowHeight);
    if (placeNow(active) !== active) {
      focusNext.current = root.current?.contains(document.activeElement) ?? false;
      setActive(placeNow(active));
    }
  }, [items, columns, top, active, virtual]);

  useEffect(() => {
    if (!focusNext.current) return;
    const link = root.current?.querySelector<HTMLElement>(`[data-index="${active}"] a`);
    if (link === null || link === undefined) return;
    focusNext.current = false;
    link.focus({ preventScroll: true });
  });

  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(window.innerHeight / rowHeight) - 1) * columns;
    const by: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      PageUp: -page,
      PageDown: page,
      Home: -active,
      End: items.length - 1 - active,
    };
    const distance = by[event.key];
    if (distance === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const next = active + distance;
    if (next < 0 || next >= total) return;
    setActive(next);
    focusNext.current = true;
    virtual.scrollToIndex(Math.floor(next / columns), { align: "auto" });
  };

  const firstShown = (drawn[0]?.index ?? 0) * columns;
  const endShown = (lastRow + 1) * columns;
  const reachable = active >= firstShown && active < endShown && active < items.length ? active : firstShown;

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
      {drawn.map((row) => (
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
                  <span className={styles.blank} />
                ) : (
                  <GalleryTile
                    item={item}
                    zoom={imageZoom(item.image, imageSide)}
                    tabIndex={index === reachable ? 0 : -1}
                    onFocus={() => setActive(index)}
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
