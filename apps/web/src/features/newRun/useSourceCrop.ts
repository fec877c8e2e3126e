"use client";
/** The crop of the selected source. Selecting another source resets it. */
import { isSourceCrop, type SourceCrop } from "@pareidolia/core/sourceCrop";
import { useState } from "react";
import type { AddressReader } from "../marks/addressProblems.ts";
import type { AddressValues } from "./formAddress.ts";
import type { SourceChoice } from "./sourceChoice.ts";

const name = "crop";

/** Null if the address has no valid crop. */
export function cropFromAddress(address: AddressReader): SourceCrop | null {
  const [x = Number.NaN, y = Number.NaN, size = Number.NaN, ...rest] = (address.get(name) ?? "").split(",").map(Number.parseFloat);
  const crop = { x, y, size };
  return rest.length === 0 && isSourceCrop(crop) ? crop : null;
}

/** The address parameter that `cropFromAddress` reads. */
export function cropValues(crop: SourceCrop | null): AddressValues {
  return { [name]: crop === null ? null : [crop.x, crop.y, crop.size].map((value) => Number(value.toFixed(3))).join(",") };
}

/** @param requested The source and its crop in the page's address. */
export function useSourceCrop(
  source: SourceChoice | null,
  requested: { readonly source: string | null; readonly crop: SourceCrop | null },
) {
  const [cropped, setCropped] = useState<{ readonly sourceId: string | null; readonly crop: SourceCrop | null }>({
    sourceId: requested.source,
    crop: requested.crop,
  });
  return {
    crop: source === null || source.id === cropped.sourceId ? cropped.crop : null,
    setCrop: (crop: SourceCrop | null) => setCropped({ sourceId: source?.id ?? null, crop }),
  };
}
