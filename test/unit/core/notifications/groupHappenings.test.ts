/** Many notifications of one kind as one line: which belong together, what the line says, and where it leads. */
import { describeGroup, type Groupable, groupHappenings, openEnd, pathOfGroup } from "@pareidolia/core/notifications/groupHappenings";
import { type NotificationKind, notificationKinds } from "@pareidolia/core/notifications/notificationKinds";
import { checkSearch } from "@pareidolia/search/checkSearch";
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { describe, expect, it } from "vitest";

const row = (kind: NotificationKind, subjectKey: string | null, byId: string | null = "ada"): Groupable => ({ kind, subjectKey, byId });
const sizes = (rows: readonly Groupable[]) => groupHappenings(rows).map((group) => group.length);

describe("a group", () => {
  it("has three or more neighbours of one kind by one member, and every row is in one group in its order", () => {
    const rows = [
      ...[1, 2, 3].map((number) => row("ASSIGNED", `RUN-${number}`)),
      ...[4, 5].map((number) => row("ASSIGNED", `RUN-${number}`, "ben")),
      ...[6, 7, 8, 9].map((number) => row("RUN_FAILED", `RUN-${number}`, null)),
      row("ASSIGNED", "RUN-10"),
    ];
    expect(sizes(rows)).toEqual([3, 1, 1, 4, 1]);
    expect(groupHappenings(rows).flat()).toEqual(rows);
  });

  it("does not mix runs with experiments, nor cancelled runs with those that succeeded, nor deleted subjects", () => {
    const three = [1, 2, 3];
    expect(sizes([...three.map((n) => row("ASSIGNED", `RUN-${n}`)), ...three.map((n) => row("ASSIGNED", `EXP-${n}`))])).toEqual([3, 3]);
    const ended = [...three.map((n) => row("RUN_SUCCEEDED", `RUN-${n}`)), ...three.map((n) => row("RUN_CANCELLED", `RUN-${n}`))];
    expect(sizes(ended)).toEqual([3, 3]);
    expect(sizes(three.map(() => row("ASSIGNED", null)))).toEqual([1, 1, 1]);
  });
});

describe("a list that is loaded in pages", () => {
  it("has the same groups as the whole list, whatever the pages' size", () => {
    const rows = Array.from({ length: 60 }, (_, i) =>
      row(i % 13 < 7 ? "RUN_FAILED" : "RUN_SUCCEEDED", `RUN-${i}`, i % 17 === 0 ? "ben" : "ada"),
    );
    for (let size = 1; size <= 20; size += 1) {
      const groups: (readonly Groupable[])[] = [];
      let carried: readonly Groupable[] = [];
      for (let at = 0; at < rows.length; at += size) {
        const page = [...carried, ...rows.slice(at, at + size)];
        carried = at + size < rows.length ? openEnd(page) : [];
        groups.push(...groupHappenings(page.slice(0, page.length - carried.length)));
      }
      expect(groups, `pages of ${size}`).toEqual(groupHappenings(rows));
    }
  });
});

describe("its sentence", () => {
  const say = (kind: NotificationKind, keys: readonly string[], mayContinue = false) =>
    describeGroup({ latest: { kind, subjectKey: keys[0] ?? null, by: "Ada" }, keys, mayContinue });

  it("counts the subjects of each kind", () => {
    for (const kind of notificationKinds) expect(say(kind, ["RUN-1", "RUN-2", "RUN-3"]), kind).toMatch(/3 (runs|webhooks)[^\n]*\.$/);
    expect(say("ASSIGNED", ["RUN-1", "RUN-2", "RUN-3"])).toBe("Ada assigned 3 runs to you.");
    expect(say("RUN_CANCELLED", ["RUN-1", "RUN-2", "RUN-3"])).toBe("3 runs were cancelled.");
    expect(say("STUDY_ENDED", ["STU-1", "STU-2", "STU-3"])).toBe("3 studies are closed.");
  });

  it("names a single subject with the number of times, and says when more may follow", () => {
    expect(say("COMMENTED", ["RUN-7", "RUN-7", "RUN-7"])).toBe("Ada commented on RUN-7, 3 times.");
    expect(say("ASSIGNED", ["EXP-1", "EXP-2", "EXP-3"], true)).toBe("Ada assigned 3+ experiments to you.");
  });
});

describe("its path", () => {
  const searchOf = (path: string) => new URL(path, "https://lab.example").searchParams.get("q") ?? "";

  it("finds exactly its runs or experiments, in the search language", () => {
    expect(searchOf(pathOfGroup(["RUN-9", "RUN-4", "RUN-3", "RUN-5", "RUN-12"]))).toBe("run IN (9, 12) OR run >= 3 AND run <= 5");
    expect(searchOf(pathOfGroup(["EXP-2", "EXP-1", "EXP-4"]))).toBe("experiment IN (1, 2, 4)");
    expect(pathOfGroup(["SWP-1", "SWP-2", "SWP-3"])).toBe("/sweeps");
    expect(pathOfGroup(["RUN-7", "RUN-7", "RUN-7"])).toBe("/runs/RUN-7");
  });

  it("is a search that the language accepts, or the whole list once there are too many numbers", () => {
    for (const step of [1, 2, 3])
      for (let count = 2; count <= 200; count += 1) {
        const numbers = Array.from({ length: count }, (_, i) => 100_000_000 + step * i);
        for (const [prefix, fields] of [
          ["RUN", runFields],
          ["EXP", experimentFields],
        ] as const) {
          const path = pathOfGroup(numbers.map((number) => `${prefix}-${number}`));
          if (step === 1) expect(path).toContain("?q=");
          if (count > 60 && step > 1) expect(path).not.toContain("?");
          expect(checkSearch(searchOf(path), { registry: fields, now: 0 }).problem).toBeUndefined();
        }
      }
  });
});
