/** Only selected rows that the table shows, and those that the user keeps, count. */
import { describe, expect, it } from "vitest";
import { countRows, nameRows, partSelection } from "../../../../apps/web/src/features/runsTable/partSelection.ts";

const selected = {
  runs: new Set(["RUN-1", "RUN-2", "RUN-3"]),
  groups: new Map([
    ["preset = a", 4],
    ["preset = b", 1],
  ]),
};
const none: ReadonlySet<string> = new Set();

describe("the parts of a selection", () => {
  it("count only rows of the table, and hold the others back", () => {
    const { counted, kept, left } = partSelection(selected, new Set(["RUN-2", "RUN-9", "preset = b"]), none);
    expect(counted).toEqual({ runs: new Set(["RUN-2"]), groups: new Map([["preset = b", 1]]) });
    expect(left).toEqual({ runs: new Set(["RUN-1", "RUN-3"]), groups: new Map([["preset = a", 4]]) });
    expect(countRows(kept)).toBe(0);
  });

  it("count rows that the user keeps, and name those among them that the table does not show", () => {
    const { counted, kept, left } = partSelection(selected, new Set(["RUN-2"]), new Set(["RUN-1", "RUN-2", "preset = a", "RUN-8"]));
    expect(counted).toEqual({ runs: new Set(["RUN-1", "RUN-2"]), groups: new Map([["preset = a", 4]]) });
    expect(kept).toEqual({ runs: new Set(["RUN-1"]), groups: new Map([["preset = a", 4]]) });
    expect(left).toEqual({ runs: new Set(["RUN-3"]), groups: new Map([["preset = b", 1]]) });
  });

  it("count nothing of a table without their rows", () => {
    const { counted, left } = partSelection(selected, none, none);
    expect(countRows(counted)).toBe(0);
    expect(countRows(left)).toBe(5);
  });

  it("are named by their numbers of runs and groups", () => {
    expect(nameRows(selected)).toBe("3 runs and 2 groups");
    expect(nameRows({ runs: new Set(["RUN-1"]), groups: new Map() })).toBe("1 run");
    expect(nameRows({ runs: none, groups: new Map([["preset = a", 4]]) })).toBe("1 group");
  });
});
