/**
 * The geometry of a CPPN's graph in pixels: the positions of images and labels, and the path of each connection. Connections bend only
 * between columns and cross a column only in a lane. Labels are no wider than their column, so connections never cross a label.
 */
import type { CppnGraph, GraphedNode } from "./cppnGraph.ts";
import type { RoutedEdge } from "./layOutGraph.ts";

/** Largest width of a label; images are no wider. */
export const columnWidth = 76;
const columnStep = 124;
const minWidth = 640;
/** In a wider row, connections would be harder to follow. */
const maxFill = 1_000;
/** Height of an image, two lines of label, and space. */
export const rowStep = 116;
/** Distance of the image above the middle of its row, to leave room for the label. */
const imageLift = 14;

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphGeometry {
  readonly width: number;
  readonly height: number;
  /** Upper left corner of a node's image. */
  corner(node: GraphedNode): Point;
  /** Left edge of a node's column. */
  columnOf(node: GraphedNode): number;
  pathOf(edge: RoutedEdge): string;
}

/** `side` is the size of a node's image, and `room` the width that the graph fills, both in pixels. */
export function graphGeometry(graph: CppnGraph, side: { readonly width: number; readonly height: number }, room = 0): GraphGeometry {
  const width = Math.max(minWidth, Math.min(room, maxFill), (graph.layers - 1) * columnStep + columnWidth);
  const height = graph.tallest * rowStep;
  const columnAt = (layer: number) => (graph.layers === 1 ? 0 : (layer / (graph.layers - 1)) * (width - columnWidth));
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const middle = (share: number) => share * height - imageLift;
  const inset = (columnWidth - side.width) / 2;
  /** A curve from the end of one column to the start of another. */
  const bend = (from: Point, to: Point) => {
    const half = (to.x - from.x) / 2;
    return `C${from.x + half} ${from.y} ${to.x - half} ${to.y} ${to.x} ${to.y}`;
  };
  return {
    width,
    height,
    columnOf: ({ layer }) => columnAt(layer),
    corner: ({ layer, height: share }) => ({ x: columnAt(layer) + inset, y: middle(share) - side.height / 2 }),
    pathOf({ source, target, lanes }) {
      const from = nodes.get(source);
      const to = nodes.get(target);
      if (from === undefined || to === undefined) return "";
      let at: Point = { x: columnAt(from.layer) + columnWidth, y: middle(from.height) };
      let path = `M${at.x - inset} ${at.y}H${at.x}`;
      for (const { layer, height: share } of lanes) {
        // A lane has no label, so it runs through the middle of its slot.
        const start = { x: columnAt(layer), y: share * height };
        path += `${bend(at, start)}H${start.x + columnWidth}`;
        at = { x: start.x + columnWidth, y: start.y };
      }
      const end = { x: columnAt(to.layer), y: middle(to.height) };
      return `${path}${bend(at, end)}H${end.x + inset}`;
    },
  };
}
