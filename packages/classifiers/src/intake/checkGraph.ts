/** Checks a graph before anything else reads it: harmless names, and each value defined once and before its use. */
import type { Graph, ValueInfo } from "@pareidolia/onnx/graph";
import { Refusal } from "./refusal.ts";

const maxNameLength = 512;
const suspiciousName = /(^|[\\/])\.\.([\\/]|$)|\p{Cc}|^[a-z]+:\/\//iu;
const maxSide = 1024;
const maxBatch = 2 ** 16;

/** @throws Refusal */
export function checkGraph(graph: Graph): void {
  const known = new Set<string>();
  const define = (name: string, what: string): void => {
    checkName(name, what);
    if (known.has(name)) throw new Refusal("MALFORMED", `Two values are named "${name}".`);
    known.add(name);
  };
  for (const tensor of graph.initializers) define(tensor.name, "A stored tensor");
  // Older files also list stored tensors as inputs.
  const free = graph.inputs.filter((input) => !known.has(input.name));
  if (free.length !== 1) throw new Refusal("UNSUPPORTED", `A classifier has one input; this network has ${free.length}.`);
  for (const input of free) {
    define(input.name, "The input");
    checkInput(input);
  }
  for (const node of graph.nodes) {
    checkName(node.name, "A node");
    checkName(node.operator, "An operator");
    if (node.operator === "") throw new Refusal("MALFORMED", `Node "${node.name}" has no operator.`);
    for (const input of node.inputs)
      if (input !== "" && !known.has(input))
        throw new Refusal(
          "MALFORMED",
          `Node "${node.name}" (${node.operator}) uses "${shortened(input)}" before it is defined, or in a cycle.`,
        );
    for (const output of node.outputs) if (output !== "") define(output, `An output of node "${node.name}"`);
  }
  if (graph.outputs.length !== 1)
    throw new Refusal("UNSUPPORTED", `A classifier has one output; this network has ${graph.outputs.length}.`);
  for (const { name } of graph.outputs)
    if (!known.has(name)) throw new Refusal("MALFORMED", `The output "${shortened(name)}" is not defined.`);
}

function checkName(name: string, what: string): void {
  if (name.length > maxNameLength) throw new Refusal("MALFORMED", `${what} has a name of ${name.length} characters.`);
  if (suspiciousName.test(name))
    throw new Refusal("MALFORMED", `${what} is named ${JSON.stringify(shortened(name))}, which could be a path or URL.`);
}

function checkInput({ dims }: ValueInfo): void {
  const [batch, ...sides] = dims;
  if (dims.length !== 4) throw new Refusal("UNSUPPORTED", `An image has four dimensions; this network's input has ${dims.length}.`);
  if (typeof batch === "number" && (batch < 1 || batch > maxBatch)) throw new Refusal("MALFORMED", `A batch of ${batch} is invalid.`);
  for (const side of sides)
    if (typeof side === "number" && (side < 1 || side > maxSide))
      throw new Refusal("UNSUPPORTED", `Images are 1 to ${maxSide} pixels wide and high; this network's input has a side of ${side}.`);
}

export function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
