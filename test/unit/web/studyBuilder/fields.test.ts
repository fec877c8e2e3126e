/** What researchers type: numbers, languages, classes; and durations in frames. */
import { expect, it } from "vitest";
import { classOfPhoto } from "../../../../apps/web/src/features/studyBuilder/classOfPhoto.ts";
import { findClass } from "../../../../apps/web/src/features/studyBuilder/findClass.ts";
import { describeFrames, framesOf } from "../../../../apps/web/src/features/studyBuilder/frames.ts";
import { intervalCurve } from "../../../../apps/web/src/features/studyBuilder/intervalCurve.ts";
import { readLanguages } from "../../../../apps/web/src/features/studyBuilder/languages.ts";
import { numberProblem, readNumber } from "../../../../apps/web/src/features/studyBuilder/readNumber.ts";

it("reads a number within its bounds, and an empty field only where it means something", () => {
  const bounds = { minimum: 1, maximum: 100 };
  expect(readNumber(" 12 ", bounds)).toBe(12);
  expect(readNumber("101", bounds)).toBeUndefined();
  expect(readNumber("1.5", bounds)).toBeUndefined();
  expect(readNumber("1.5", { ...bounds, whole: false })).toBe(1.5);
  expect(readNumber("", bounds)).toBeUndefined();
  expect(readNumber("", { ...bounds, empty: "all" })).toBeNull();
  expect(readNumber("twelve", bounds)).toBeUndefined();
});

it("says what a number must be, and what the plan has until then", () => {
  expect(numberProblem({ minimum: 1, maximum: 2000 }, 20)).toBe("A whole number from 1 to 2,000. Until then, the plan keeps 20.");
  expect(numberProblem({ minimum: 0.5, maximum: 0.9999, whole: false }, 0.95)).toBe(
    "A number from 0.5 to 0.9999. Until then, the plan keeps 0.95.",
  );
  expect(numberProblem({ minimum: 1, maximum: 100, empty: "all" }, null)).toBe(
    "A whole number from 1 to 100. Until then, the plan keeps “all”.",
  );
});

it("reads languages in their order, each once", () => {
  expect(readLanguages("en, de  pt-BR")).toEqual(["en", "de", "pt-BR"]);
  expect(readLanguages("en, en")).toBeNull();
  expect(readLanguages("english")).toBeNull();
  expect(readLanguages(" ")).toBeNull();
});

it("finds a class by its label or by its usual name, unless the name is ambiguous", () => {
  const names = ["crane", "macaw", "crane, lifting machine", "tabby, tabby cat"];
  expect(findClass("Macaw", names)).toBe(1);
  expect(findClass("tabby", names)).toBe(3);
  expect(findClass("crane", names)).toBe(0);
  expect(findClass("crane", names.slice(1).concat("crane, bird"))).toBeNull();
  expect(findClass("", names)).toBeNull();
});

it("finds the class of a photograph by its label or by its file's name", () => {
  const names = ["robin, American robin", "red panda", "3", "school bus"];
  const classOf = (name: string, label: string | null = null) => classOfPhoto({ name, label }, names);
  expect(classOf("IMG_2041.jpg", "robin")).toBe(0);
  expect(
    ["robin.jpg", "robin-2.jpg", "Robin (3).PNG", "red_panda-3.png", "3.bmp", "school-bus_11.jpeg"].map((name) => classOf(name)),
  ).toEqual([0, 0, 0, 1, 2, 3]);
  expect(classOf("sparrow.jpg")).toBeNull();
});

it("rounds durations to whole frames", () => {
  expect(framesOf(250, 60)).toBe(15);
  expect(framesOf(250, 144)).toBe(36);
  expect(framesOf(1, 60)).toBe(1);
  expect(framesOf(0, 60)).toBe(0);
  expect(describeFrames(16)).toBe("1 frame at 60 Hz, 2 at 144 Hz");
});

it("narrows the interval with more voters, and more if people agree", () => {
  const curve = intervalCurve({ images: 120, perVoter: 60, end: 400 });
  expect(curve.at(-1)).toMatchObject({ voters: 400, votes: 200 });
  for (const { split, agreed } of curve) expect(agreed).toBeLessThan(split);
  for (const [index, { split }] of curve.slice(1).entries()) expect(split).toBeLessThan((curve[index] as { split: number }).split);
  expect(intervalCurve({ images: 0, perVoter: 0, end: 400 })).toEqual([]);
});
