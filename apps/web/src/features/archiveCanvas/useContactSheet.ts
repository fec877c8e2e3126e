"use client";
/**
 * The archive as one small picture. A new sheet is asked for when many tiles are newer than the one at hand, so that a page of a
 * thousand costs one request and not a thousand; the few tiles in between come by themselves.
 */
import { placeOnSheet, type SheetSide } from "@pareidolia/core/contactSheet";
import { useEffect, useRef, useState } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";

export interface ContactSheet {
  readonly runId: string;
  readonly generation: number;
  readonly side: SheetSide;
  readonly picture: HTMLImageElement;
}

export interface ContactSheetAtHand {
  /** The last that came; null before any has. */
  readonly sheet: ContactSheet | null;
  /** Whether one is on its way that shows more: then it is worth waiting for it. */
  readonly coming: boolean;
}

/** Fewer are fetched one by one. */
const manyNewer = 40;

export function sheetSideFor(density: number): SheetSide {
  return density > 1 ? 64 : 32;
}

export function sheetAddress(runId: string, generation: number, side: SheetSide): string {
  return `/contact-sheets/${encodeURIComponent(runId)}/${generation}/${side}.png`;
}

/** Whether the sheet shows this very elite and not one before or after it. */
export function shows(sheet: ContactSheet | null, elite: TileEliteFragment, shown: number): boolean {
  return sheet !== null && elite.generation <= sheet.generation && sheet.generation <= shown;
}

/** The part of the sheet that belongs to a niche. */
export function partOf({ side }: ContactSheet, niche: number): { readonly x: number; readonly y: number; readonly side: number } {
  return { ...placeOnSheet(niche, side), side };
}

/** `shown` is the generation whose archive is on the page. */
export function useContactSheet(runId: string, elites: readonly TileEliteFragment[], shown: number): ContactSheetAtHand {
  const [sheet, setSheet] = useState<ContactSheet | null>(null);
  const loading = useRef(false);
  // The generation whose sheet came last, or failed to come.
  const [settled, setSettled] = useState<number | null>(null);
  const newer = elites.filter((elite) => !shows(sheet, elite, shown)).length;
  const stale = shown >= 0 && newer > manyNewer;
  useEffect(() => {
    if (!stale || settled === shown || loading.current) return;
    loading.current = true;
    const side = sheetSideFor(window.devicePixelRatio || 1);
    const picture = new Image();
    picture.src = sheetAddress(runId, shown, side);
    picture
      .decode()
      .then(() => setSheet({ runId, generation: shown, side, picture }))
      // Without a sheet the tiles come one by one.
      .catch(() => undefined)
      .finally(() => {
        loading.current = false;
        setSettled(shown);
      });
  }, [runId, shown, stale, settled]);
  return { sheet, coming: stale && settled !== shown };
}
