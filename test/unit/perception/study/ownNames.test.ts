/** The network's own names of classes: they fit on buttons and differ. */

import { maxNameLength, ownNames } from "@pareidolia/perception/study/ownNames";
import { describe, expect, it } from "vitest";
import { readShared } from "../../../support/readShared.ts";

const imageNet = (await readShared("models/imagenet_labels.txt")).toString("utf8").trimEnd().split("\n").slice(1);
const all = imageNet.map((_, label) => label);

describe("the names of ImageNet's classes", () => {
  it("fit on a button and differ, so that a plan with all of them can open as they are", () => {
    const names = ownNames(imageNet, all, "en");
    expect(imageNet).toHaveLength(1000);
    expect(names.filter((name) => name === null || name.length > maxNameLength)).toEqual([]);
    expect(new Set(names).size).toBe(1000);
    expect([names[134], names[517]]).toEqual(["crane (bird)", "crane (machine)"]);
    expect(names[319]).toBe("dragonfly, darning needle, devil's darning needle, sewing needle, snake feeder, snake doctor");
    // The others stay as they are, and so do plans that were locked with them.
    expect(names.filter((name, label) => name !== imageNet[label])).toHaveLength(4);
  });

  it("are the network's where only one of two classes with a name is used", () => {
    expect(ownNames(imageNet, [1, 517], "en-GB")).toEqual([imageNet[1], "crane"]);
  });
});

it("names of another network that are equal have the number of their class", () => {
  expect(ownNames(["cat", "dog", "cat"], [0, 1, 2], "en")).toEqual(["cat (class 0)", "dog", "cat (class 2)"]);
  const [long, other] = ownNames(["x".repeat(300), "x".repeat(300)], [0, 1], "en");
  expect([long?.length, long === other]).toEqual([maxNameLength, false]);
});

it("names are English, unless they have no letters", () => {
  expect(ownNames(["cat", "7"], [0, 1], "de")).toEqual([null, "7"]);
});
