/** Keys, clicks and the places of images and keys on the voting page. */
import { describe, expect, it } from "vitest";
import { countsAsAnswer } from "../../../../apps/web/src/features/voting/answerGuard.ts";
import { keyColumns, layOutImages } from "../../../../apps/web/src/features/voting/imageLayout.ts";
import { actionOf, keysOf } from "../../../../apps/web/src/features/voting/voteKeys.ts";
import { textsIn } from "../../../../apps/web/src/features/voting/votingTexts.ts";
import { trialOf } from "../../../support/fakeBallot.ts";

const texts = textsIn("en");
const question = trialOf(0).question;
const labels = trialOf(0, { options: Array.from({ length: 12 }, (_, index) => `label ${index}`) });

describe("the keyboard", () => {
  it("chooses the first ten labels with 1 to 9 and 0", () => {
    expect(actionOf("1", labels, texts)).toEqual({ kind: "choose", position: 0 });
    expect(actionOf("0", labels, texts)).toEqual({ kind: "choose", position: 9 });
    expect(keysOf(12, labels.options).slice(9)).toEqual(["0", null, null]);
  });

  it("ignores keys beyond the options", () => {
    expect(actionOf("4", trialOf(0), texts)).toBeNull();
  });

  it("chooses the digit of the key where the labels are digits, wherever it stands", () => {
    const digits = trialOf(0, { options: ["7", "0", "3", "1", "2", "4", "5", "6", "8", "9"] });
    expect(actionOf("7", digits, texts)).toEqual({ kind: "choose", position: 0 });
    expect(actionOf("1", digits, texts)).toEqual({ kind: "choose", position: 3 });
  });

  it("has keys for undo, skip, leave, and for can't tell only where it is offered", () => {
    expect(["u", "U", "s", "Escape", " "].map((key) => actionOf(key, labels, texts)?.kind)).toEqual([
      "undo",
      "undo",
      "skip",
      "leave",
      "cantTell",
    ]);
    expect(actionOf(" ", trialOf(0, { question: { ...question, cantTell: false } }), texts)).toBeNull();
  });

  it("answers yes and no with their first letters in the voter's language", () => {
    const yesNo = trialOf(0, { question: { ...question, kind: "YES_NO" }, options: [] });
    expect(actionOf("y", yesNo, texts)).toEqual({ kind: "choose", position: 0 });
    expect(actionOf("2", yesNo, texts)).toEqual({ kind: "choose", position: 1 });
    expect(actionOf("j", yesNo, textsIn("de-AT"))).toEqual({ kind: "choose", position: 0 });
    expect(actionOf("j", yesNo, texts)).toBeNull();
  });

  it("chooses an image of a pair with the arrows", () => {
    const [image] = trialOf(0).images;
    const pair = trialOf(0, {
      question: { ...question, kind: "PAIR" },
      options: [],
      images: [image, image].filter((each) => each !== undefined),
    });
    expect(actionOf("ArrowRight", pair, texts)).toEqual({ kind: "choose", position: 1 });
    expect(actionOf("3", pair, texts)).toBeNull();
  });
});

describe("a press", () => {
  const key = { clicks: 0, repeats: false };

  const window = { since: 1_000, answeredAt: null };

  it("counts once the voter may answer, and not before", () => {
    expect(countsAsAnswer({ ...key, at: 999 }, window)).toBe(false);
    expect(countsAsAnswer({ ...key, at: 1_000 }, window)).toBe(true);
    expect(countsAsAnswer({ ...key, at: 1_200 }, { ...window, since: null })).toBe(false);
  });

  it("counts as the second click of a double click that began before the image appeared", () => {
    expect(countsAsAnswer({ clicks: 1, repeats: false, at: 950 }, window)).toBe(false);
    expect(countsAsAnswer({ clicks: 2, repeats: false, at: 1_100 }, window)).toBe(true);
    expect(countsAsAnswer({ clicks: 2, repeats: false, at: 1_100 }, { ...window, answeredAt: 300 })).toBe(true);
  });

  it("does not count as the second click of a double click on the trial before, or while a key is held", () => {
    const answered = { since: 1_000, answeredAt: 950 };
    expect(countsAsAnswer({ clicks: 2, repeats: false, at: 1_100 }, answered)).toBe(false);
    expect(countsAsAnswer({ clicks: 1, repeats: false, at: 1_100 }, answered)).toBe(true);
    expect(countsAsAnswer({ clicks: 2, repeats: false, at: 1_500 }, answered)).toBe(true);
    expect(countsAsAnswer({ clicks: 0, repeats: true, at: 9_000 }, window)).toBe(false);
  });
});

describe("the layout", () => {
  const square = { width: 28, height: 28 };
  const base = { gap: 16, caption: 32, smallestSide: 132 };

  it("enlarges one image by a whole number", () => {
    const request = { ...base, caption: 0, count: 1, image: square, space: { width: 358, height: 420 } };
    expect(layOutImages(request)).toEqual({ columns: 1, zoom: 12 });
  });

  it("reduces an image that is larger than its place", () => {
    const request = { ...base, caption: 0, count: 1, image: { width: 512, height: 512 }, space: { width: 358, height: 420 } };
    expect(layOutImages(request).zoom).toBeCloseTo(358 / 512, 9);
  });

  it("sets eight images in two rows of four at a desk, and in three columns on a phone, without scrolling", () => {
    const image = { width: 32, height: 32 };
    expect(layOutImages({ ...base, count: 8, image, space: { width: 1_000, height: 560 } })).toEqual({ columns: 4, zoom: 7 });
    expect(layOutImages({ ...base, count: 8, image, space: { width: 358, height: 640 } })).toEqual({ columns: 3, zoom: 3 });
  });

  it("keeps images at the smallest size when the window is low, and lets the page scroll", () => {
    expect(layOutImages({ ...base, count: 8, image: { width: 32, height: 32 }, space: { width: 358, height: 200 } }).zoom).toBe(4);
  });

  it("sets digits in rows of five and names in two columns on a phone", () => {
    expect(keyColumns(Array.from({ length: 10 }, (_, digit) => String(digit)))).toEqual({ desk: 5, phone: 5 });
    expect(keyColumns(Array.from({ length: 10 }, () => "jigsaw puzzle"))).toEqual({ desk: 5, phone: 2 });
    expect(keyColumns(["cat", "dog"])).toEqual({ desk: 2, phone: 1 });
    expect(keyColumns(Array.from({ length: 48 }, () => "label")).desk).toBe(6);
    const long = "x".repeat(60);
    expect([3, 4, 10, 40].map((count) => keyColumns(Array.from({ length: count }, () => long)))).toEqual([
      { desk: 3, phone: 1 },
      { desk: 2, phone: 1 },
      { desk: 2, phone: 2 },
      { desk: 3, phone: 2 },
    ]);
  });
});
