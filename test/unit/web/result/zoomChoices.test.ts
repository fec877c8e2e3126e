import { expect, it } from "vitest";
import { chooseZoom, zoomChoices } from "../../../../apps/web/src/features/result/zoomChoices.ts";

it("the choices are whole-number zooms up to the largest that fits", () => {
  expect(zoomChoices(28, 454)).toEqual([1, 2, 4, 8, 16]);
  expect(zoomChoices(28, 340)).toEqual([1, 2, 4, 8, 12]);
  expect(zoomChoices(500, 454)).toEqual([1]);
});

it("an invalid zoom in the URL becomes a valid one", () => {
  const choices = [1, 2, 4, 8, 16];
  expect(chooseZoom(null, choices)).toBe(16);
  expect(chooseZoom(-3, choices)).toBe(16);
  expect(chooseZoom(5, choices)).toBe(4);
  expect(chooseZoom(1e9, choices)).toBe(16);
});
