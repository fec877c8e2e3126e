/**
 * Computes how much descent the elites of two niches share, for all pairs of niches with an elite. Chains of first parents form a
 * forest, and two chains share the part up to their last common ancestor. In depth-first order, that ancestor's depth is the minimum
 * over the neighbouring pairs between the two elites (like common prefixes of sorted words), so a pair costs one comparison for chains
 * of any length.
 */
import { AppError } from "@pareidolia/core/appError";

export interface DescentNode {
  readonly id: string;
  /** Only the first parent counts. A parent that is not among the nodes is ignored. */
  readonly parentIds: readonly string[];
  /** Niches that it currently holds. */
  readonly current: readonly number[];
}

interface Holder {
  readonly niche: number;
  /** Number of ancestors on its chain, including itself. */
  readonly depth: number;
  /** Number of ancestors shared with the previous holder. */
  readonly shared: number;
}

/**
 * Calls `visit` for all pairs of niches with an elite, the lower niche first, in unspecified order: n (n - 1) / 2 calls for n niches.
 * Relatedness is the number of shared ancestors divided by all ancestors of either elite (Jaccard). An elite counts as its own ancestor,
 * so relatedness is 1 if one elite holds both niches.
 * @throws AppError CORRUPT_DATA for a cyclic ancestry.
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

/** One holder per elite and niche, in depth-first order from each founder. */
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
  if (reached < nodes.length) throw new AppError("CORRUPT_DATA", "The ancestry contains a cycle.");
  return holders;
}
