import { describe, expect, it } from "vitest";
import { describeMoves, rowHeight, type SlopeVote, slopeLines, slopeRows } from "../../../../apps/web/src/features/norming/slopes.ts";

const names = ["curtain", "quilt", "zebra", "prayer rug"];
const vote = (member: string, round: number, label: number | null): SlopeVote => ({
  member,
  round,
  choice: label === null ? null : { label, name: names[label] as string },
});

/** The votes of the drawing: eight members, of whom three change. */
const blind = [0, 0, 0, 1, 1, 2, 3, null];
const again = [0, 0, 0, 0, 1, 0, 3, 0];
const votes = [...blind.map((label, i) => vote(`M-0${i + 1}`, 1, label)), ...again.map((label, i) => vote(`M-0${i + 1}`, 2, label))];

describe("the rows", () => {
  it("are the choices with their votes in both rounds, most blind votes first", () => {
    expect(slopeRows(votes).map(({ name, blind: first, again: second }) => [name, first, second])).toEqual([
      ["curtain", 3, 6],
      ["quilt", 2, 1],
      ["prayer rug", 1, 1],
      ["zebra", 1, 0],
      ["nothing I recognise", 1, 0],
    ]);
  });

  it('end with "nothing I recognise", however many chose it', () => {
    const rows = slopeRows([vote("M-01", 1, null), vote("M-02", 1, null), vote("M-03", 1, 2)]);
    expect(rows.map(({ label }) => label)).toEqual([2, null]);
  });

  it("include a class that only second votes name", () => {
    const rows = slopeRows([vote("M-01", 1, 0), vote("M-01", 2, 3)]);
    expect(rows.map(({ label, blind: first, again: second }) => [label, first, second])).toEqual([
      [0, 1, 0],
      [3, 0, 1],
    ]);
  });
});

describe("the lines", () => {
  const rows = slopeRows(votes);
  const lines = slopeLines(votes, rows);

  it("connect each member's votes, and mark those that moved", () => {
    expect(lines).toHaveLength(8);
    expect(lines.filter(({ moved }) => moved).map(({ member }) => member)).toEqual(["M-04", "M-06", "M-08"]);
    for (const { from, to } of lines) {
      expect(Math.floor(from.y / rowHeight)).toBe(from.row);
      expect(Math.floor((to?.y ?? 0) / rowHeight)).toBe(to?.row);
    }
  });

  it("never end at the same dot, even for thirty votes in one row", () => {
    const many = Array.from({ length: 30 }, (_, i) => [vote(`M-${i}`, 1, 0), vote(`M-${i}`, 2, 0)]).flat();
    const drawn = slopeLines(many, slopeRows(many));
    expect(new Set(drawn.map(({ from }) => from.y)).size).toBe(30);
    for (const { from } of drawn) expect(from.y > 0 && from.y < rowHeight).toBe(true);
  });

  it("have no end before the second vote", () => {
    const first = votes.filter(({ round }) => round === 1);
    const drawn = slopeLines(first, slopeRows(first));
    expect(drawn.every(({ to, moved }) => to === null && !moved)).toBe(true);
    expect(describeMoves(drawn)).toBeNull();
  });

  it("are summed up in words", () => {
    expect(describeMoves(lines)).toBe("three of eight changed their vote");
    const stayed = [vote("M-01", 1, 0), vote("M-01", 2, 0)];
    expect(describeMoves(slopeLines(stayed, slopeRows(stayed)))).toBe("none of one changed their vote");
  });
});
