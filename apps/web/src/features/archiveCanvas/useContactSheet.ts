"use client";
/**
 * Loads the archive as one image, so that a page with 1,000 tiles needs one request. The coarsest sheet is loaded first, then the sheet for
 * the tile size. A new sheet is loaded when many tiles are newer than the current one.
 */
import { placeOnSheet, type SheetSide, sheetSides } from "@pareidolia/core/contactSheet";
import { useContext, useEffect, useRef, useState } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { addressOnPage } from "../addresses/pageAddress.ts";
import { withShareToken } from "../addresses/shareToken.ts";
import { ElitePlaceContext } from "../marks/ElitePlace.tsx";
import { loadImage } from "./loadImage.ts";
import { sheetSideFor } from "./sheetSide.ts";

export interface ContactSheet {
  readonly runId: string;
  readonly generation: number;
  readonly side: SheetSide;
  readonly image: ImageBitmap;
}

export interface ContactSheetState {
  /** The last sheet that loaded; null before the first. */
  readonly sheet: ContactSheet | null;
  /** Whether a better sheet is loading, so that individual images need not be loaded. */
  readonly isLoading: boolean;
  /** Progress of the loading sheet, 0 to 1; null while none is loading. */
  readonly progress: number | null;
}

/** With more newer tiles than this, a new sheet is loaded instead of individual images. */
const maxNewer = 40;
const coarsest = sheetSides[0];

interface SheetOfRun {
  readonly runId: string;
  readonly generation: number;
  readonly side: SheetSide;
  /** The secret part of the link by which the page is read; null without one. */
  readonly shareToken: string | null;
}

export function sheetAddress({ runId, generation, side, shareToken }: SheetOfRun): string {
  return addressOnPage(withShareToken(`/contact-sheets/${encodeURIComponent(runId)}/${generation}/${side}.png`, shareToken));
}

/** Whether the sheet shows this elite, not an earlier or later one of its niche. */
export function shows(sheet: ContactSheet | null, elite: TileEliteFragment, shown: number): boolean {
  return sheet !== null && elite.generation <= sheet.generation && sheet.generation <= shown;
}

/** The part of the sheet with the image of a niche. */
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
  /** Width of a tile in CSS pixels. */
  readonly cell: number;
}

export function useContactSheet({ runId, elites, shown, cell }: ContactSheetOptions): ContactSheetState {
  const { shareToken } = useContext(ElitePlaceContext);
  const [sheet, setSheet] = useState<ContactSheet | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const loading = useRef(false);
  // The sheet that last loaded or failed to load.
  const [settledSheet, setSettledSheet] = useState<string | null>(null);
  const lifetime = useRef(new AbortController());
  useEffect(() => {
    lifetime.current = new AbortController();
    loading.current = false;
    const { current } = lifetime;
    return () => current.abort();
  }, []);
  const newer = elites.filter((elite) => !shows(sheet, elite, shown)).length;
  const side = sheetSideFor(cell, typeof window === "undefined" ? 1 : window.devicePixelRatio);
  const requestedSheet = `${shown} ${side}`;
  const isFirst = sheet === null;
  const isStale = shown >= 0 && (newer > maxNewer || (sheet !== null && sheet.side < side));
  useEffect(() => {
    if (!isStale || settledSheet === requestedSheet || loading.current) return;
    const { signal } = lifetime.current;
    const sides = isFirst && side !== coarsest ? [coarsest, side] : [side];
    const load = async () => {
      for (const [step, nextSide] of sides.entries()) {
        setProgress(0);
        const image = await loadImage(sheetAddress({ runId, generation: shown, side: nextSide, shareToken }), {
          signal,
          onProgress: (share) => setProgress(step === sides.length - 1 ? share : 0),
        });
        if (!signal.aborted) setSheet({ runId, generation: shown, side: nextSide, image });
      }
    };
    // Deferred, because the tile size is unknown during the first layout.
    const timer = setTimeout(() => {
      loading.current = true;
      void load()
        // Without a sheet, images are loaded individually, and their own errors are shown.
        .catch(() => undefined)
        .finally(() => {
          if (signal.aborted) return;
          loading.current = false;
          setProgress(null);
          setSettledSheet(requestedSheet);
        });
    });
    return () => clearTimeout(timer);
  }, [runId, shown, side, shareToken, requestedSheet, isStale, settledSheet, isFirst]);
  return { sheet, isLoading: (isStale && settledSheet !== requestedSheet) || progress !== null, progress };
}
