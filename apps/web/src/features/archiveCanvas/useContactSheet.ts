"use client";
/**
 * The archive as one small image, so that a page of a thousand tiles costs one request. The coarsest sheet is loaded first, then the sheet
 * for the tile size; a new sheet is loaded when many tiles are newer than the current one.
 */
import { placeOnSheet, type SheetSide, sheetSides } from "@pareidolia/core/contactSheet";
import { useEffect, useRef, useState } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { loadImage } from "./loadImage.ts";
import { sheetSideFor } from "./sheetSide.ts";

export interface ContactSheet {
  readonly runId: string;
  readonly generation: number;
  readonly side: SheetSide;
  readonly image: ImageBitmap;
}

export interface ContactSheetAtHand {
  /** The last that came; null before any has. */
  readonly sheet: ContactSheet | null;
  /** Whether a better sheet is loading, so that single images need not be loaded. */
  readonly coming: boolean;
  /** Progress of the loading sheet, 0 to 1; null while none is loading. */
  readonly progress: number | null;
}

/** Fewer newer tiles load their images one by one. */
const manyNewer = 40;
const coarsest = sheetSides[0];

export function sheetAddress(runId: string, generation: number, side: SheetSide): string {
  return `/contact-sheets/${encodeURIComponent(runId)}/${generation}/${side}.png`;
}

/** Whether the sheet shows this very elite and not one before or after it. */
export function shows(sheet: ContactSheet | null, elite: TileEliteFragment, shown: number): boolean {
  return sheet !== null && elite.generation <= sheet.generation && sheet.generation <= shown;
}

/** The part of the sheet that belongs to a niche. */
export function partOf(
  { side }: Pick<ContactSheet, "side">,
  niche: number,
): { readonly x: number; readonly y: number; readonly side: number } {
  return { ...placeOnSheet(niche, side), side };
}

interface ContactSheetOptions {
  readonly runId: string;
  readonly elites: readonly TileEliteFragment[];
  /** The generation shown on the page. */
  readonly shown: number;
  /** Width of a tile in pixels of the page. */
  readonly cell: number;
}

export function useContactSheet({ runId, elites, shown, cell }: ContactSheetOptions): ContactSheetAtHand {
  const [sheet, setSheet] = useState<ContactSheet | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const loading = useRef(false);
  // The sheet that was last loaded, or failed to load.
  const [settled, setSettled] = useState<string | null>(null);
  const left = useRef(new AbortController());
  useEffect(() => {
    left.current = new AbortController();
    loading.current = false;
    const { current } = left;
    return () => current.abort();
  }, []);
  const newer = elites.filter((elite) => !shows(sheet, elite, shown)).length;
  const side = sheetSideFor(cell, typeof window === "undefined" ? 1 : window.devicePixelRatio);
  const wanted = `${shown} ${side}`;
  const isFirst = sheet === null;
  const stale = shown >= 0 && (newer > manyNewer || (sheet !== null && sheet.side < side));
  useEffect(() => {
    if (!stale || settled === wanted || loading.current) return;
    const { signal } = left.current;
    const sides = isFirst && side !== coarsest ? [coarsest, side] : [side];
    const load = async () => {
      for (const [step, each] of sides.entries()) {
        setProgress(0);
        const image = await loadImage(sheetAddress(runId, shown, each), {
          signal,
          onProgress: (share) => setProgress(step === sides.length - 1 ? share : 0),
        });
        if (!signal.aborted) setSheet({ runId, generation: shown, side: each, image });
      }
    };
    // During the first layout the size of the tiles is not known yet.
    const timer = setTimeout(() => {
      loading.current = true;
      void load()
        // Without a sheet the images are loaded one by one.
        .catch(() => undefined)
        .finally(() => {
          if (signal.aborted) return;
          loading.current = false;
          setProgress(null);
          setSettled(wanted);
        });
    });
    return () => clearTimeout(timer);
  }, [runId, shown, side, wanted, stale, settled, isFirst]);
  return { sheet, coming: (stale && settled !== wanted) || progress !== null, progress };
}
