import { expect, it } from "vitest";
import { filterElites, nichesOfLabel } from "../../../../apps/web/src/features/gallery/galleryQuery.ts";
import type { GalleryState } from "../../../../apps/web/src/features/gallery/galleryState.ts";

const models = [
  { id: "digits", labels: ["0", "1", "2"] },
  { id: "animals", labels: ["cat", "2", "dog"] },
];
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

it("asks for current elites alone unless told otherwise", () => {
  expect(filterElites(state, models)).toEqual({ current: true });
  expect(filterElites({ ...state, holding: "ever", min: "0.99" }, models)).toEqual({ current: false, minimumConfidence: 0.99 });
});

it("looks a label up in the chosen model, or in all", () => {
  expect(nichesOfLabel("2", models, null)).toEqual([1, 2]);
  expect(nichesOfLabel("2", models, "animals")).toEqual([1]);
});

it("asks nothing for a label that no model has", () => {
  expect(filterElites({ ...state, label: "unicorn" }, models)).toBeNull();
});
