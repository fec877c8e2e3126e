import { expect, it } from "vitest";
import { filterElites } from "../../../../apps/web/src/features/gallery/galleryQuery.ts";
import type { GalleryState } from "../../../../apps/web/src/features/gallery/galleryState.ts";

const state: GalleryState = {
  experiment: null,
  run: null,
  model: null,
  encoding: null,
  label: null,
  min: null,
  holding: "now",
  order: "highest",
};

it("asks for current elites unless the view asks for all", () => {
  expect(filterElites(state)).toEqual({ current: true });
  expect(filterElites({ ...state, holding: "ever", min: "0.99" })).toEqual({ current: false, minimumConfidence: 0.99 });
});

it("filters by the label itself, so that no class of another label space shares its index", () => {
  expect(filterElites({ ...state, label: "tiger shark" })).toEqual({ current: true, label: ["tiger shark"] });
});
