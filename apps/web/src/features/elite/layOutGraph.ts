/**
 * Places the nodes of a layered feed-forward graph. Layers run from left to right; within a layer, nodes are ordered by the
 * mean place of their neighbours (the barycentre sweep of Sugiyama, Tagawa and Toda, 1981), which keeps lines short.
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
  /** From 0 at the top to 1 at the bottom. */
  readonly height: number;
}

export interface GraphLayout {
  readonly layers: number;
  readonly tallest: number;
  readonly nodes: readonly PlacedNode[];
}

function sortByNeighbours(column: number[], place: ReadonlyMap<number, number>, neighbours: ReadonlyMap<number, readonly number[]>): void {
  const pull = new Map(
    column.map((id) => {
      const near = (neighbours.get(id) ?? []).map((other) => place.get(other) ?? 0);
      return [id, near.length === 0 ? (place.get(id) ?? 0) : near.reduce((sum, value) => sum + value, 0) / near.length];
    }),
  );
  column.sort((a, b) => (pull.get(a) as number) - (pull.get(b) as number));
}

function spread(column: readonly number[], place: Map<number, number>): void {
  column.forEach((id, i) => {
    place.set(id, (i + 0.5) / column.length);
  });
}

export function layOutGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphLayout {
  const layers = 1 + Math.max(...nodes.map(({ layer }) => layer));
  const columns = Array.from({ length: layers }, (_, layer) => nodes.filter((node) => node.layer === layer).map(({ id }) => id));
  const neighbours = new Map<number, number[]>(nodes.map(({ id }) => [id, []]));
  for (const { source, target } of edges) {
    neighbours.get(source)?.push(target);
    neighbours.get(target)?.push(source);
  }
  const place = new Map<number, number>();
  for (const column of columns) spread(column, place);
  for (let sweep = 0; sweep < 4; sweep++)
    for (const column of columns.slice(1)) {
      sortByNeighbours(column, place, neighbours);
      spread(column, place);
    }
  return {
    layers,
    tallest: Math.max(...columns.map((column) => column.length)),
    nodes: nodes.map((node) => ({
      ...node,
      height: place.get(node.id) as number,
    })),
  };
}
