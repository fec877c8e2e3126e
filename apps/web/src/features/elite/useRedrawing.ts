"use client";
/** Redraws a genome in the browser and compares the result with the stored image, byte by byte. */
import { type ByteImage, quantiseImage } from "@pareidolia/core/image";
import { useEffect, useState } from "react";
import type { StoredImage } from "../result/useStoredImage.ts";
import { type Comparison, compareImages } from "./compareImages.ts";
import { type OpenedGenome, openGenome } from "./genomeDocument.ts";

export type Redrawing =
  | { readonly kind: "waiting" }
  | { readonly kind: "failed"; readonly reason: string }
  | {
      readonly kind: "drawn";
      readonly opened: OpenedGenome;
      readonly drawn: ByteImage;
      readonly comparison: Comparison;
      readonly milliseconds: number;
    };

export function useRedrawing(document: unknown, stored: StoredImage): Redrawing {
  const [redrawing, setRedrawing] = useState<Redrawing>({ kind: "waiting" });
  useEffect(() => {
    if (stored.kind === "loading") return;
    if (stored.kind === "failed") {
      setRedrawing({ kind: "failed", reason: stored.reason });
      return;
    }
    try {
      const opened = openGenome(document);
      const began = performance.now();
      const drawn = quantiseImage(opened.encoding.decode(opened.genome));
      const milliseconds = performance.now() - began;
      setRedrawing({ kind: "drawn", opened, drawn, comparison: compareImages(drawn, stored.image), milliseconds });
    } catch (cause) {
      setRedrawing({ kind: "failed", reason: cause instanceof Error ? cause.message : String(cause) });
    }
  }, [document, stored]);
  return redrawing;
}
