/** The selection of rows, the tags that selected runs share, and the note on what a change has skipped. */
import { describe, expect, it } from "vitest";
import { nothingSelected, selectAll, selectedOf, toggleRow } from "../../../../apps/web/src/features/bulk/rangeSelection.ts";
import { skippedNote } from "../../../../apps/web/src/features/bulk/skippedNote.ts";
import { tagsOfAll } from "../../../../apps/web/src/features/bulk/tagsOfAll.ts";
import { tagHue } from "../../../../apps/web/src/features/tags/tagHue.ts";

const order = ["a", "b", "c", "d", "e"];
const idsOf = ({ ids }: { readonly ids: ReadonlySet<string> }) => [...ids].toSorted();

describe("a selection of rows", () => {
  it("selects and deselects single rows, and ranges from the last one", () => {
    const one = toggleRow(nothingSelected, order, "b", false);
    expect(idsOf(one)).toEqual(["b"]);
    const range = toggleRow(one, order, "d", true);
    expect(idsOf(range)).toEqual(["b", "c", "d"]);
    expect(idsOf(toggleRow(range, order, "c", false))).toEqual(["b", "d"]);
    expect(idsOf(toggleRow(range, order, "b", true))).toEqual([]);
  });

  it("selects upwards, and only the row itself once the range's start has left the list", () => {
    expect(idsOf(toggleRow(toggleRow(nothingSelected, order, "d", false), order, "b", true))).toEqual(["b", "c", "d"]);
    expect(idsOf(toggleRow({ ids: new Set(["z"]), anchor: "z" }, order, "c", true))).toEqual(["c", "z"]);
  });

  it("leaves out rows that have left the list", () => {
    expect(selectedOf(selectAll(order), [{ id: "b" }, { id: "z" }])).toEqual([{ id: "b" }]);
  });
});

describe("the tags of selected runs", () => {
  it("are each marked as partial unless all runs have them", () => {
    const runs = [{ tags: [{ name: "b" }, { name: "a" }] }, { tags: [{ name: "b" }] }];
    expect(tagsOfAll(runs)).toEqual([
      { name: "a", partial: true },
      { name: "b", partial: false },
    ]);
  });

  it("have one colour each, always the same, and all six colours occur", () => {
    // python3 -c "h=0x811c9dc5
    // for c in b'foobar': h=((h^c)*0x01000193)&0xffffffff
    // print(hex(h), h%6)" prints 0xbf9cf968 4, FNV-1a's published value for "foobar".
    expect(tagHue("foobar")).toBe("--ramp-4");
    expect(new Set(Array.from({ length: 100 }, (_, i) => tagHue(`tag ${i}`))).size).toBe(6);
  });
});

describe("the note on skipped runs", () => {
  const item = (key: string, skipped: string | null, message = "It is locked.") => ({ skipped, message, run: { key } });

  it("names the runs and the reason they share, and is absent if nothing was skipped", () => {
    expect(skippedNote([item("RUN-1", null), item("RUN-2", "UNCHANGED")])).toBeUndefined();
    expect(skippedNote([item("RUN-1", "LOCKED"), item("RUN-2", null)])).toBe("Skipped RUN-1: It is locked.");
    const many = ["RUN-1", "RUN-2", "RUN-3", "RUN-4", "RUN-5"].map((key) => item(key, "LOCKED"));
    expect(skippedNote(many)).toBe("Skipped RUN-1, RUN-2, RUN-3 and 2 more: It is locked.");
    expect(skippedNote([item("RUN-1", "LOCKED"), item("RUN-2", "TOO_MANY_TAGS", "It has too many.")])).toBe("Skipped RUN-1, RUN-2.");
  });
});
