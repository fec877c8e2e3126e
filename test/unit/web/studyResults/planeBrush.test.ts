/** The brush of the plane: in the address, dragged, and by keys. */
import { describe, expect, it } from "vitest";
import {
  brushAfterKey,
  brushBetween,
  moveBrush,
  parseBrush,
  resizeBrush,
  serialiseBrush,
} from "../../../../apps/web/src/features/studyResults/planeBrush.ts";

const limits = { left: -0.12, right: 1.4, bottom: 0, top: 1 };
const brush = { left: 0.4, right: 0.8, bottom: 0.25, top: 0.5 };

describe("the brush", () => {
  it("is the same after it was written to an address and read", () => {
    expect(serialiseBrush(brush)).toBe("0.4,0.8,0.25,0.5");
    expect(parseBrush(serialiseBrush(brush))).toEqual(brush);
    expect(parseBrush("-0.12,1.4,0,1")).toEqual(limits);
  });

  it.each([
    "",
    "1,2,3",
    "0.8,0.4,0,1",
    "0,1,0.5,0.2",
    "0,1,-0.1,1",
    "0,1,0,1.1",
    "a,b,c,d",
    "0,1,0,1,1",
    "0,9,0,1",
    "NaN,1,0,1",
    "1e3,1,0,1",
  ])("%s is no rectangle", (text) => expect(parseBrush(text)).toBeNull());

  it("reaches from any corner to any other, within the plane", () => {
    expect(brushBetween({ x: 0.8, y: 0.25 }, { x: 0.4, y: 0.5 }, limits)).toEqual(brush);
    expect(brushBetween({ x: -9, y: -9 }, { x: 9, y: 9 }, limits)).toEqual(limits);
  });

  it("keeps its size when it is moved against an edge", () => {
    const moved = moveBrush(brush, 9, -9, limits);
    expect([moved.right, moved.bottom]).toEqual([1.4, 0]);
    expect(moved.right - moved.left).toBeCloseTo(0.4, 12);
    expect(moved.top - moved.bottom).toBeCloseTo(0.25, 12);
  });

  it("keeps a visible size when it is made smaller", () => {
    const small = resizeBrush(brush, -9, -9, limits);
    expect(small.right - small.left).toBeCloseTo(0.02 * 1.52, 12);
    expect(small.top - small.bottom).toBeCloseTo(0.02, 12);
  });

  it("begins, moves, changes its size and ends by keys", () => {
    const begun = brushAfterKey(null, "Enter", false, limits);
    expect(begun).toEqual({ left: 0.64, right: 1.4, bottom: 0.5, top: 1 });
    expect(brushAfterKey(brush, "Enter", false, limits)).toBe(brush);
    expect(brushAfterKey(brush, "ArrowUp", false, limits)?.top).toBeCloseTo(0.52, 12);
    expect(brushAfterKey(brush, "ArrowUp", true, limits)).toEqual({ ...brush, top: 0.52 });
    expect(brushAfterKey(brush, "ArrowLeft", true, limits)?.left).toBe(0.4);
    expect(brushAfterKey(brush, "Escape", false, limits)).toBeNull();
  });

  it("leaves other keys, and keys without a brush, to the page", () => {
    expect(brushAfterKey(null, "ArrowUp", false, limits)).toBeUndefined();
    expect(brushAfterKey(null, "Escape", false, limits)).toBeUndefined();
    expect(brushAfterKey(brush, "Tab", false, limits)).toBeUndefined();
  });
});
