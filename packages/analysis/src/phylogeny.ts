/**
 * Who descends from whom across niches (the paper, section 3.4 and Figure 9; goal switches: Nguyen, Yosinski & Clune 2015, Innovation
 * Engines, section IV). A lineage that took one class and whose descendant took another has switched goals; classes whose elites share
 * ancestors are related by descent.
 */
import { visitNichePairs } from "./nichePairs.ts";

export interface PhylogenyNode {
  readonly id: string;
  readonly generation: number;
  /** The one it was made from first; only those that ever held a niche are known. */
  readonly parentIds: readonly string[];
  /** Niches that it held at some time. */
  readonly niches: readonly number[];
  /** Niches that it holds now. */
  readonly current: readonly number[];
}

export interface GoalSwitch {
  readonly niche: number;
  /** Niches held by the winner's first parent, none of them this one. */
  readonly from: readonly number[];
  readonly childId: string;
  readonly parentId: string;
  readonly generation: number;
}

/** Every niche taken by a child whose first parent never held it. Random individuals of generation 0 switch nothing. */
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
  /** Shared ancestors on the chain of first parents over all ancestors of either (Jaccard). 1: one elite holds both. */
  readonly relatedness: number;
}

/** For each two niches that are held now, by their numbers: how much of their elites' descent is shared. */
export function relatedNiches(nodes: readonly PhylogenyNode[]): readonly Relatedness[] {
  const pairs: Relatedness[] = [];
  visitNichePairs(nodes, (first, second, relatedness) => pairs.push({ first, second, relatedness }));
  return pairs.sort((a, b) => a.first - b.first || a.second - b.second);
}

function index(nodes: readonly PhylogenyNode[]): ReadonlyMap<string, PhylogenyNode> {
  return new Map(nodes.map((node) => [node.id, node]));
}
