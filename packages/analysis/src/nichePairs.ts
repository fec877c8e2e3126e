/**
 * How much descent the elites of two niches share, for every two niches that are held now. Chains of first parents form a forest, and
 * what two of them share ends at the last ancestor that they have in common. In the order of a walk through the forest, that ancestor
 * lies as deep as the shallowest among those of neighbours from one holder to the other (as common prefixes of sorted words do), so a
 * pair costs one comparison however long the chains are.
 */
import { AppError } from "@pareidolia/core/appError";

export interface DescentNode {
  readonly id: string;
  /** The one it was made from first; a parent that is not among the nodes is none. */
  readonly parentIds: readonly string[];
  /** Niches that it holds now. */
  readonly current: readonly number[];
}

interface Holder {
  readonly niche: number;
  /** Ancestors on its chain, itself included. */
  readonly depth: number;
  /** How many of them it shares with the holder before it. */
  readonly shared: number;
}

/**
 * Calls for each two niches that are held now, the lower one first, in no order that means anything: n held niches are n (n - 1) / 2
 * calls. Relatedness is shared ancestors over all ancestors of either (Jaccard), each elite its own: 1 where one elite holds both.
 * @throws AppError CORRUPT_DATA for an ancestry that runs in a circle.
 */
export function visitNichePairs(nodes: readonly DescentNode[], visit: (first: number, second: number, relatedness: number) => void): void {
  const holders = findHolders(nodes);
  for (const [i, a] of holders.entries()) {
    let shared = a.depth;
    for (let j = i + 1; j < holders.length; j++) {
      const b = holders[j] as Holder;
      shared = Math.min(shared, b.shared);
      visit(Math.min(a.niche, b.niche), Math.max(a.niche, b.niche), shared / (a.depth + b.depth - shared));
    }
  }
}

/** One an elite and niche, in the order of a walk from each founder down to its youngest. */
function findHolders(nodes: readonly DescentNode[]): readonly Holder[] {
  const known = new Set(nodes.map(({ id }) => id));
  const founders: DescentNode[] = [];
  const children = new Map<string, DescentNode[]>();
  for (const node of nodes) {
    const parentId = node.parentIds[0] ?? "";
    const siblings = children.get(parentId);
    if (!known.has(parentId)) founders.push(node);
    else if (siblings === undefined) children.set(parentId, [node]);
    else siblings.push(node);
  }
  const holders: Holder[] = [];
  const waiting = founders.map((node) => ({ node, above: 0 }));
  let reached = 0;
  let shared = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, above } = next;
    const depth = above + 1;
    reached++;
    shared = Math.min(shared, above);
    for (const niche of node.current) {
      holders.push({ niche, depth, shared });
      shared = depth;
    }
    for (const child of children.get(node.id) ?? []) waiting.push({ node: child, above: depth });
  }
  if (reached < nodes.length) throw new AppError("CORRUPT_DATA", "An ancestry runs in a circle.");
  return holders;
}
