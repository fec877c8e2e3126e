/** Foils listed by hand, and images sorted into groups, while a researcher edits them. */
import { noFoils } from "@pareidolia/perception/study/imageDetails";
import { expect, it } from "vitest";
import {
  countWithFoils,
  fillFromNextChoices,
  foilsOf,
  imagesByLabel,
  withFoils,
} from "../../../../apps/web/src/features/studyBuilder/details/foilLists.ts";
import { sortedInto, takeOut } from "../../../../apps/web/src/features/studyBuilder/details/sortedImages.ts";
import type { StudyImageRowFragment } from "../../../../apps/web/src/graphql/generated/graphql.ts";
import { hashOfName } from "../../../support/studyPlans.ts";

const classNames = ["crane, bird", "macaw", "coil", "maze"];

const row = (index: number, label: number, source = "cppn"): StudyImageRowFragment => {
  const sha256 = hashOfName(`image ${index}`);
  return {
    role: "COUNTED",
    index,
    label,
    truth: null,
    runnersUp: [(label + 1) % 4, (label + 2) % 4],
    foils: [],
    condition: "",
    group: "",
    source,
    confidence: 0.99,
    votes: 0,
    agreeing: 0,
    decisions: [],
    eliteId: null,
    photoId: null,
    image: { id: sha256, sha256, url: `/images/${sha256}`, width: 28, height: 28 },
    model: null,
  };
};
const images = [row(0, 2), row(1, 0), row(2, 2, "direct")];
const hashes = images.map(({ image }) => image.sha256);

it("lists images by label, in the order of classes", () => {
  expect([...imagesByLabel(images)].map(([label, own]) => [label, own.map(({ index }) => index)])).toEqual([
    [0, [1]],
    [2, [0, 2]],
  ]);
});

it("counts images with enough foils, and fills the others from the network's next choices", () => {
  const foils = { byLabel: { 2: [0, 1] }, byImage: { [hashes[2] as string]: [3] } };
  expect(countWithFoils(foils, images, 2)).toBe(1);
  const filled = fillFromNextChoices(foils, images, 2);
  expect(images.map((image) => foilsOf(filled, image))).toEqual([
    [0, 1],
    [1, 2],
    [3, 0],
  ]);
  expect(filled.byLabel).toEqual(foils.byLabel);
  // Nothing is known beyond two next choices.
  expect(countWithFoils(fillFromNextChoices(noFoils, images, 3), images, 3)).toBe(0);
});

it("drops an empty list, so that the image has the foils of its label again", () => {
  expect(withFoils({ 1: [2] }, "1", [])).toEqual({});
  expect(withFoils({ 1: [2] }, "1", [3, 2])).toEqual({ 1: [3, 2] });
});

it("sorts images by rule and by hand, names the groups in words, and puts images without a group first", () => {
  const own = hashes[2] as string;
  const byLabel = sortedInto({ by: "label", byImage: { [own]: "worst" } }, images, classNames);
  expect(byLabel.map(({ name, text, images: some }) => [name, text, some.length])).toEqual([
    ["class 2", "coil", 1],
    ["class 0", "crane", 1],
    ["worst", "worst", 1],
  ]);
  expect(sortedInto({ by: "source", byImage: {} }, images, classNames).map(({ name, text }) => [name, text])).toEqual([
    ["cppn", "CPPN"],
    ["direct", "Direct"],
  ]);
  const byHand = sortedInto({ by: "hand", byImage: { [own]: "worst" } }, images, classNames);
  expect(byHand.map(({ name, images: some }) => [name, some.length])).toEqual([
    ["", 2],
    ["worst", 1],
  ]);
  expect(takeOut({ [own]: "worst", other: "best" }, new Set([own]))).toEqual({ other: "best" });
});
