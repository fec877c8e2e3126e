/** Images of a search's configurations, joined from pages and events. */
import { describe, expect, it } from "vitest";
import { foldImages, type Image, imagesByConfiguration } from "../../../../apps/web/src/features/configurations/images.ts";

function image(id: string, changes: Partial<Image> = {}): Image {
  const image = { __typename: "Image" as const, id, url: `/images/${id}`, width: 28, height: 28 };
  return { id, configuration: 0, class: 0, label: "0", start: 0, step: 5, storedConfidence: 0.5, image, ...changes };
}

describe("the images of configurations", () => {
  it("are the most advanced ones, in any order of arrival", () => {
    const late = foldImages(foldImages(new Map(), [image("a", { step: 40 })]), [image("a", { step: 20 })]);
    expect(late.get("a")?.step).toBe(40);
    expect(foldImages(late, [image("a", { step: 60 })]).get("a")?.step).toBe(60);
  });

  it("keep the same object if nothing changes, so that nothing is rendered again", () => {
    const known = foldImages(new Map(), [image("a", { step: 40 })]);
    expect(foldImages(known, [image("a", { step: 20 })])).toBe(known);
    expect(foldImages(known, [image("a", { step: 40 })])).toBe(known);
  });

  it("start with the start image, at step 0", () => {
    expect(foldImages(new Map(), [image("a", { step: 0 })]).get("a")?.step).toBe(0);
  });

  it("show each class once before the second start of any class", () => {
    const rows = [
      image("a", { class: 0, start: 0 }),
      image("b", { class: 0, start: 1 }),
      image("c", { class: 4, start: 0 }),
      image("d", { configuration: 3 }),
    ];
    const grouped = imagesByConfiguration(foldImages(new Map(), rows));
    expect(grouped.get(0)?.map(({ id }) => id)).toEqual(["a", "c", "b"]);
    expect(grouped.get(3)?.map(({ id }) => id)).toEqual(["d"]);
  });
});
