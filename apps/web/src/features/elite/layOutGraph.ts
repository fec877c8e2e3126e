/**
 * Lays out a layered feed-forward graph from left to right. A connection over several layers gets a lane in each layer between (a dummy
 * node of Sugiyama, Tagawa and Toda, 1981), so that it never crosses a node or label. Within a layer, nodes and lanes are sorted by the
 * mean position of their neighbours (the barycentre sweep of the same paper), which keeps lines short.
 */
export interface GraphNode {
  readonly id: number;
  readonly kind: "input" | "hidden" | "output";
  readonly layer: number;
}

export interface GraphEdge {
  readonly source: number;
  readonly target: number;
  readonly weight: number;
}

export interface PlacedNode extends GraphNode {
  /** The vertical position of its middle, from 0 at the top to 1 at the bottom. */
  readonly height: number;
}

interface Lane {
  readonly layer: number;
  /** As in `PlacedNode`. */
  readonly height: number;
}

export interface RoutedEdge extends GraphEdge {
  /** Its lanes, from left to right. */
  readonly lanes: readonly Lane[];
}

export interface GraphLayout {
  readonly layers: number;
  /** Height of the tallest layer, where a node is 1. */
  readonly tallest: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly RoutedEdge[];
}

/** Height of a lane, where a node is 1. */
const laneSize = 0.2;
const sweeps = 4;

/** A node or a lane. All connections of one source share their lanes. */
type Slot = string;
const nodeSlot = (id: number): Slot => `node ${id}`;
const laneSlot = (source: number, layer: number): Slot => `lane ${source} ${layer}`;
const sizeOf = (slot: Slot): number => (slot.startsWith("node") ? 1 : laneSize);

function sortByNeighbours(column: Slot[], position: ReadonlyMap<Slot, number>, neighbours: ReadonlyMap<Slot, readonly Slot[]>): void {
  const pull = new Map(
    column.map((slot) => {
      const near = (neighbours.get(slot) ?? []).map((other) => position.get(other) ?? 0);
      return [slot, near.length === 0 ? (position.get(slot) ?? 0) : near.reduce((sum, value) => sum + value, 0) / near.length];
    }),
  );
  column.sort((a, b) => (pull.get(a) as number) - (pull.get(b) as number));
}

function heightOf(column: readonly Slot[]): number {
  return column.reduce((sum, slot) => sum + sizeOf(slot), 0);
}

function spread(column: readonly Slot[], position: Map<Slot, number>): void {
  const height = heightOf(column);
  let above = 0;
  for (const slot of column) {
    position.set(slot, (above + sizeOf(slot) / 2) / height);
    above += sizeOf(slot);
  }
}

export function layOutGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphLayout {
  const layers = 1 + Math.max(...nodes.map(({ layer }) => layer));
  const layerOf = new Map(nodes.map(({ id, layer }) => [id, layer]));
  const columns = Array.from({ length: layers }, (_, layer) => nodes.filter((node) => node.layer === layer).map(({ id }) => nodeSlot(id)));
  const neighbours = new Map<Slot, Slot[]>();
  const known = new Set<Slot>(columns.flat());
  const join = (a: Slot, b: Slot) => {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    neighbours.set(b, [...(neighbours.get(b) ?? []), a]);
  };
  const layersBetween = ({ source, target }: GraphEdge): number[] => {
    const first = (layerOf.get(source) ?? 0) + 1;
    return Array.from({ length: Math.max(0, (layerOf.get(target) ?? 0) - first) }, (_, step) => first + step);
  };
  for (const edge of edges) {
    let before = nodeSlot(edge.source);
    for (const layer of layersBetween(edge)) {
      const lane = laneSlot(edge.source, layer);
      if (!known.has(lane)) {
        known.add(lane);
        columns[layer]?.push(lane);
        join(before, lane);
      }
      before = lane;
    }
    join(before, nodeSlot(edge.target));
  }
  const position = new Map<Slot, number>();
  for (const column of columns) spread(column, position);
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const column of columns.slice(1)) {
      sortByNeighbours(column, position, neighbours);
      spread(column, position);
    }
  const positionOf = (slot: Slot) => position.get(slot) as number;
  return {
    layers,
    tallest: Math.max(...columns.map(heightOf)),
    nodes: nodes.map((node) => ({ ...node, height: positionOf(nodeSlot(node.id)) })),
    edges: edges.map((edge) => ({
      ...edge,
      lanes: layersBetween(edge).map((layer) => ({ layer, height: positionOf(laneSlot(edge.source, layer)) })),
    })),
  };
}
