/**
 * Descent across niches (the paper, section 3.4 and Figure 9; goal switches: Nguyen, Yosinski & Clune 2015, Innovation Engines, section
 * IV). A goal switch is a descendant that takes another class than its ancestor held. Classes whose elites share ancestors are related
 * by descent.
 */
import { visitNichePairs } from "./nichePairs.ts";

export interface PhylogenyNode {
  readonly id: string;
  readonly generation: number;
  /** The first is the one that counts for descent. Only individuals that held a niche at some time are nodes. */
  readonly parentIds: readonly string[];
  /** All niches that it ever held. */
  readonly niches: readonly number[];
  /** Niches that it currently holds. */
  readonly current: readonly number[];
}

export interface GoalSwitch {
  readonly niche: number;
  /** Niches that the child's first parent held; this niche is not among them. */
  readonly from: readonly number[];
  readonly childId: string;
  readonly parentId: string;
  readonly generation: number;
}

/** All niches taken by a child whose first parent never held them. Random individuals of generation 0 are no goal switches. */
export function goalSwitches(nodes: readonly PhylogenyNode[]): readonly GoalSwitch[] {
  const byId = index(nodes);
  return nodes.flatMap((child) => {
    const parent = byId.get(child.parentIds[0] ?? "");
    if (parent === undefined || parent.niches.length === 0) return [];
    const held = new Set(parent.niches);
    return child.niches
      .filter((niche) => !held.has(niche))
      .map((niche) => ({ niche, from: parent.niches, childId: child.id, parentId: parent.id, generation: child.generation }));
  });
}

export interface Relatedness {
  readonly first: number;
  readonly second: number;
  /** Ancestors shared by the chains of first parents, divided by all ancestors of either (Jaccard); 1 if one elite holds both niches. */
  readonly relatedness: number;
}

/** The relatedness of all pairs of niches with an elite, sorted by niche. */
export function relatedNiches(nodes: readonly PhylogenyNode[]): readonly Relatedness[] {
  const pairs: Relatedness[] = [];
  visitNichePairs(nodes, (first, second, relatedness) => pairs.push({ first, second, relatedness }));
  return pairs.sort((a, b) => a.first - b.first || a.second - b.second);
}

function index(nodes: readonly PhylogenyNode[]): ReadonlyMap<string, PhylogenyNode> {
  return new Map(nodes.map((node) => [node.id, node]));
}
