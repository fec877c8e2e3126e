/** A CPPN as the graph that its page draws: the inputs, and the other nodes on which the image depends. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { type CppnGenome, developedWeight, inputCount, inputNames, nodeCount } from "@pareidolia/encodings/cppn/genome";
import { nodeLayers } from "@pareidolia/encodings/cppn/layout";
import { type GraphNode, layOutGraph, type PlacedNode, type RoutedEdge } from "./layOutGraph.ts";

export interface GraphedNode extends PlacedNode {
  readonly name: string;
  /** Whether an output depends on it. Unused nodes are shown only if they are inputs. */
  readonly used: boolean;
}

export interface CppnGraph {
  readonly layers: number;
  readonly tallest: number;
  readonly nodes: readonly GraphedNode[];
  readonly edges: readonly RoutedEdge[];
  /** Number of hidden nodes on which no output depends. */
  readonly leftOut: number;
}

/** The names of the outputs, in the order of the colour space's channels. */
const outputNames: Readonly<Record<string, readonly string[]>> = {
  hsv: ["hue", "saturation", "value"],
  hls: ["hue", "lightness", "saturation"],
};

function outputName(index: number, outputs: number, parameters: Parameters): string {
  if (outputs === 1) return "grey";
  return outputNames[String(parameters["colour"])]?.[index] ?? `output ${index}`;
}

function kindOf(id: number, genome: CppnGenome): GraphNode["kind"] {
  if (id < inputCount) return "input";
  return id < inputCount + genome.outputs ? "output" : "hidden";
}

function nameOf(node: GraphNode, genome: CppnGenome, parameters: Parameters): string {
  if (node.kind === "input") return inputNames[node.id] as string;
  const activation = genome.activations[node.id - inputCount] as string;
  return node.kind === "output" ? `${outputName(node.id - inputCount, genome.outputs, parameters)}, ${activation}` : activation;
}

/** The nodes from which an output can be reached. */
function findUsed(genome: CppnGenome): ReadonlySet<number> {
  const sources = new Map<number, number[]>();
  for (const { from, to } of genome.connections) sources.set(to, [...(sources.get(to) ?? []), from]);
  const pending = Array.from({ length: genome.outputs }, (_, i) => inputCount + i);
  const used = new Set(pending);
  for (let node = pending.pop(); node !== undefined; node = pending.pop())
    for (const source of sources.get(node) ?? [])
      if (!used.has(source)) {
        used.add(source);
        pending.push(source);
      }
  return used;
}

/** Renumbers layers to close the gaps that omitted nodes leave. */
function closeGaps(nodes: readonly GraphNode[]): GraphNode[] {
  const present = [...new Set(nodes.map(({ layer }) => layer))].sort((a, b) => a - b);
  return nodes.map((node) => ({ ...node, layer: present.indexOf(node.layer) }));
}

export function graphOf(genome: CppnGenome, parameters: Parameters): CppnGraph {
  const layers = nodeLayers(genome);
  const used = findUsed(genome);
  const ids = Array.from({ length: nodeCount(genome) }, (_, id) => id);
  const shown = ids.filter((id) => id < inputCount || used.has(id));
  const nodes = closeGaps(shown.map((id) => ({ id, kind: kindOf(id, genome), layer: layers[id] as number })));
  const edges = genome.connections
    .filter(({ from, to }) => used.has(from) && used.has(to))
    .map(({ from, to, gene }) => ({ source: from, target: to, weight: developedWeight(gene) }));
  const layout = layOutGraph(nodes, edges);
  return {
    layers: layout.layers,
    tallest: layout.tallest,
    nodes: layout.nodes.map((node) => ({ ...node, name: nameOf(node, genome, parameters), used: used.has(node.id) })),
    edges: layout.edges,
    leftOut: ids.length - shown.length,
  };
}
