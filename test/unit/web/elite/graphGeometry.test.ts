/** A CPPN's graph in pixels: no connection runs through a label or through the image of another node. */

import type { CppnGenome } from "@pareidolia/encodings/cppn/genome";
import { getEncoding } from "@pareidolia/encodings/registry";
import { describe, expect, it } from "vitest";
import { graphOf } from "../../../../apps/web/src/features/elite/cppnGraph.ts";
import { columnWidth, graphGeometry, rowStep } from "../../../../apps/web/src/features/elite/graphGeometry.ts";
import { bredGenome } from "../../../support/encodingCases.ts";

const side = { width: 56, height: 56 };
const steps = 40;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points along a path of M, H and C. */
function walk(path: string): Point[] {
  const points: Point[] = [];
  let at: Point = { x: 0, y: 0 };
  for (const [, letter, text] of path.matchAll(/([MHC])([^MHC]*)/g)) {
    const n = (text ?? "").trim().split(/\s+/).map(Number) as [number, number, number, number, number, number];
    const from = at;
    if (letter === "M") at = { x: n[0], y: n[1] };
    else if (letter === "H") at = { x: n[0], y: from.y };
    else at = { x: n[4], y: n[5] };
    for (let step = 0; step <= steps; step++) {
      const t = step / steps;
      const u = 1 - t;
      if (letter === "M") points.push(at);
      else if (letter === "H") points.push({ x: from.x * u + at.x * t, y: from.y });
      else
        points.push({
          x: u ** 3 * from.x + 3 * u * u * t * n[0] + 3 * u * t * t * n[2] + t ** 3 * n[4],
          y: u ** 3 * from.y + 3 * u * u * t * n[1] + 3 * u * t * t * n[3] + t ** 3 * n[5],
        });
    }
  }
  return points;
}

function grow(seed: number, generations: number): CppnGenome {
  const cppn = getEncoding("cppn").create({ width: 28, height: 28, channels: 3 }, {});
  return bredGenome(cppn, seed, generations) as CppnGenome;
}

describe("the graph of a CPPN", () => {
  it.each([1, 2, 3, 4, 5])("of seed %i has no connection through a label or another node's image", (seed) => {
    const graph = graphOf(grow(seed, 120), {});
    const geometry = graphGeometry(graph, side);
    expect(graph.edges.some(({ lanes }) => lanes.length > 0)).toBe(true);
    for (const edge of graph.edges) {
      const points = walk(geometry.pathOf(edge));
      for (const node of graph.nodes) {
        const left = geometry.columnOf(node);
        const { y } = geometry.corner(node);
        const isEnd = node.id === edge.source || node.id === edge.target;
        const top = isEnd ? y + side.height : y;
        const bottom = y + side.height + 6 + 2 * 14;
        const through = points.filter((p) => p.x > left && p.x < left + columnWidth && p.y > top && p.y < bottom);
        expect(through, `${edge.source} to ${edge.target} through ${node.name}`).toEqual([]);
      }
    }
    for (const node of graph.nodes) expect(geometry.corner(node).y).toBeGreaterThanOrEqual(0);
    expect(geometry.height).toBeCloseTo(graph.tallest * rowStep);
  });
});
