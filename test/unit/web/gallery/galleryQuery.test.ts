import { expect, it } from "vitest";
import {
  filterElites,
  filterPerturbations,
  filterTrajectories,
  orderResults,
} from "../../../../apps/web/src/features/gallery/galleryQuery.ts";
import type { GalleryState } from "../../../../apps/web/src/features/gallery/galleryState.ts";

const state: GalleryState = {
  ids: null,
  kind: "evolution",
  experiment: null,
  run: null,
  model: null,
  encoding: null,
  method: null,
  label: null,
  min: null,
  asked: null,
  share: null,
  below: null,
  votes: null,
  holding: "now",
  outcome: "fooled",
  order: "highest",
};

it("the gallery filters by current elites unless the view requests all", () => {
  expect(filterElites(state)).toEqual({ current: true });
  expect(filterElites({ ...state, holding: "ever", min: "0.99" })).toEqual({ current: false, minimumConfidence: 0.99 });
});

it("the gallery filters by label rather than index, as another label space may use the same index", () => {
  expect(filterElites({ ...state, label: "tiger shark" })).toEqual({ current: true, label: ["tiger shark"] });
});

it("the gallery filters by attacks that fooled the model unless the view requests all", () => {
  const attacks: GalleryState = { ...state, kind: "perturbation", method: "pgd", label: "3", min: "0.9" };
  const shared = { method: ["pgd"], label: ["3"], minimumConfidence: 0.9 };
  expect(filterPerturbations(attacks)).toEqual({ ...shared, success: true });
  expect(filterPerturbations({ ...attacks, outcome: "any" })).toEqual(shared);
  expect(filterTrajectories({ ...attacks, kind: "ascent" })).toEqual(shared);
  expect(orderResults({ ...attacks, order: "oldest" })).toEqual({ field: "CREATED_AT", direction: "ASC" });
});
