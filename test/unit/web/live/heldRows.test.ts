/** Rows that stay in place while someone reads a list. */
import { describe, expect, it } from "vitest";
import { holdRows } from "../../../../apps/web/src/features/live/heldRows.ts";

interface Row {
  readonly id: string;
  readonly state: string;
}

const rows = (...texts: string[]): Row[] =>
  texts.map((text) => {
    const [id = "", state = "running"] = text.split(" ");
    return { id, state };
  });
const idOf = ({ id }: Row) => id;
const texts = (list: readonly Row[]) => list.map(({ id, state }) => `${id} ${state}`);

describe("the rows of a list that someone reads", () => {
  it("keep their order and their page's end, get their present values, and let new rows wait", () => {
    const held = holdRows({ rows: rows("a", "b", "c"), next: "after c" }, { rows: rows("new", "c done", "a"), next: "after a" }, idOf);
    expect(texts(held.shown.rows)).toEqual(["a running", "b running", "c done"]);
    expect(held.shown.next).toBe("after c");
    expect(held.newCount).toBe(1);
    expect(held.hasMoved).toBe(true);
  });

  it("wait for nothing if only values have changed", () => {
    const held = holdRows({ rows: rows("a", "b"), next: null }, { rows: rows("a done", "b"), next: null }, idOf);
    expect(texts(held.shown.rows)).toEqual(["a done", "b running"]);
    expect([held.newCount, held.hasMoved]).toEqual([0, false]);
  });

  it("count a new row at the end without another order", () => {
    const held = holdRows({ rows: rows("a"), next: null }, { rows: rows("a", "b"), next: null }, idOf);
    expect([held.newCount, held.hasMoved, held.shown.rows.length]).toEqual([1, false, 1]);
  });

  it("notice that a row has left the list", () => {
    const held = holdRows({ rows: rows("a", "b"), next: null }, { rows: rows("a"), next: null }, idOf);
    expect([held.newCount, held.hasMoved, texts(held.shown.rows)]).toEqual([0, true, ["a running", "b running"]]);
  });
});
