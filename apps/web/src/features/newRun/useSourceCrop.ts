"use client";
/** The crop of the chosen image. Choosing another image drops it. */
import { isSourceCrop, type SourceCrop } from "@pareidolia/core/sourceCrop";
import { useState } from "react";
import type { AddressReader } from "../marks/addressProblems.ts";
import type { AddressValues } from "./formAddress.ts";
import type { SourceWanted } from "./sourceWanted.ts";

const name = "crop";

/** Null if the address has no valid crop. */
export function askedCrop(asked: AddressReader): SourceCrop | null {
  const [x = Number.NaN, y = Number.NaN, size = Number.NaN, ...rest] = (asked.get(name) ?? "").split(",").map(Number.parseFloat);
  const crop = { x, y, size };
  return rest.length === 0 && isSourceCrop(crop) ? crop : null;
}

/** The parameters that `askedCrop` reads. */
export function cropValues(crop: SourceCrop | null): AddressValues {
  return { [name]: crop === null ? null : [crop.x, crop.y, crop.size].map((value) => Number(value.toFixed(3))).join(",") };
}

/** `asked` belongs to the source that the address names. */
export function useSourceCrop(source: SourceWanted | null, asked: { readonly source: string | null; readonly crop: SourceCrop | null }) {
  const [held, setHeld] = useState<{ readonly sourceId: string | null; readonly crop: SourceCrop | null }>({
    sourceId: asked.source,
    crop: asked.crop,
  });
  return {
    crop: source === null || source.id === held.sourceId ? held.crop : null,
    setCrop: (crop: SourceCrop | null) => setHeld({ sourceId: source?.id ?? null, crop }),
  };
}
