/** Images of a search's configurations, joined from pages and events. */
import { describe, expect, it } from "vitest";
import { foldImages, type Image, imagesByConfiguration } from "../../../../apps/web/src/features/configurations/images.ts";

function image(id: string, changes: Partial<Image> = {}): Image {
  const image = { __typename: "Image" as const, id, url: `/images/${id}`, width: 28, height: 28 };
  return { id, configuration: 0, class: 0, label: "0", start: 0, step: 5, storedConfidence: 0.5, image, ...changes };
}

describe("the images of configurations", () => {
  it("are the furthest that came, whichever order they came in", () => {
    const late = foldImages(foldImages(new Map(), [image("a", { step: 40 })]), [image("a", { step: 20 })]);
    expect(late.get("a")?.step).toBe(40);
    expect(foldImages(late, [image("a", { step: 60 })]).get("a")?.step).toBe(60);
  });

  it("stay the same object where nothing is new, so that nothing is drawn again", () => {
    const known = foldImages(new Map(), [image("a", { step: 40 })]);
    expect(foldImages(known, [image("a", { step: 20 })])).toBe(known);
    expect(foldImages(known, [image("a", { step: 40 })])).toBe(known);
  });

  it("begin with the start image, at step 0", () => {
    expect(foldImages(new Map(), [image("a", { step: 0 })]).get("a")?.step).toBe(0);
  });

  it("show each class once before any second start", () => {
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
