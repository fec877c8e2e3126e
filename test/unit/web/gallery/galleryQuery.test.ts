import { expect, it } from "vitest";
import { checkChoices } from "../../../../apps/web/src/features/gallery/checkChoices.ts";
import {
  filterElites,
  filterPerturbations,
  filterTrajectories,
  orderElites,
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

it("the gallery filters and orders images of every kind by what people say", () => {
  const byPeople: GalleryState = { ...state, asked: "yes", share: "0.1", below: "0.5", votes: "10", order: "unrecognised" };
  const people = { asked: true, minimumShare: 0.1, maximumShare: 0.5, minimumVotes: 10 };
  const order = { field: "PEOPLE_SHARE", direction: "ASC" };
  expect(filterElites(byPeople)).toEqual({ current: true, people });
  expect(filterTrajectories({ ...byPeople, kind: "ascent" })).toEqual({ people });
  expect(filterPerturbations({ ...byPeople, kind: "perturbation" })).toEqual({ people, success: true });
  expect(filterElites({ ...state, asked: "no" })).toEqual({ current: true, people: { asked: false } });
  expect(orderElites(byPeople)).toEqual(order);
  expect(orderResults(byPeople)).toEqual(order);
});

it("an address by what people say is corrected for readers who may not list by it, and the page says so", () => {
  const address = new URLSearchParams();
  const known = { models: [], encodings: [] };
  const byPeople: GalleryState = { ...state, asked: "yes", order: "votes" };
  const check = (given: GalleryState, mayReadPeople: boolean | null) => checkChoices(given, address, { ...known, mayReadPeople });
  expect(check(byPeople, true)).toEqual({ state: byPeople, problems: [] });
  expect(check(byPeople, null)).toEqual({ state: byPeople, problems: [] });
  expect(check(byPeople, false)).toEqual({ state, problems: [expect.stringContaining("Only researchers and owners")] });
  expect(check(state, false)).toEqual({ state, problems: [] });
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
