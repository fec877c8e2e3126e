/** Pictures of a search's configurations, joined from pages and events. */
import { describe, expect, it } from "vitest";
import { foldPictures, type Picture, picturesByConfiguration } from "../../../../apps/web/src/features/configurations/pictures.ts";

function picture(id: string, changes: Partial<Picture> = {}): Picture {
  const image = { __typename: "Image" as const, id, url: `/images/${id}`, width: 28, height: 28 };
  return { id, configuration: 0, class: 0, label: "0", start: 0, step: 5, storedConfidence: 0.5, image, ...changes };
}

describe("the pictures of configurations", () => {
  it("are the furthest that came, whichever order they came in", () => {
    const late = foldPictures(foldPictures(new Map(), [picture("a", { step: 40 })]), [picture("a", { step: 20 })]);
    expect(late.get("a")?.step).toBe(40);
    expect(foldPictures(late, [picture("a", { step: 60 })]).get("a")?.step).toBe(60);
  });

  it("stay the same object where nothing is new, so that nothing is drawn again", () => {
    const known = foldPictures(new Map(), [picture("a", { step: 40 })]);
    expect(foldPictures(known, [picture("a", { step: 20 })])).toBe(known);
    expect(foldPictures(known, [picture("a", { step: 40 })])).toBe(known);
  });

  it("begin with the start image, at step 0", () => {
    expect(foldPictures(new Map(), [picture("a", { step: 0 })]).get("a")?.step).toBe(0);
  });

  it("show each class once before any second start", () => {
    const rows = [
      picture("a", { class: 0, start: 0 }),
      picture("b", { class: 0, start: 1 }),
      picture("c", { class: 4, start: 0 }),
      picture("d", { configuration: 3 }),
    ];
    const grouped = picturesByConfiguration(foldPictures(new Map(), rows));
    expect(grouped.get(0)?.map(({ id }) => id)).toEqual(["a", "c", "b"]);
    expect(grouped.get(3)?.map(({ id }) => id)).toEqual(["d"]);
  });
});
