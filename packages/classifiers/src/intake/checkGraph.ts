/** What every graph must be before anything works with it: named without tricks, each value made once and before it is used. */
import type { Graph, ValueInfo } from "@pareidolia/onnx/graph";
import { Refusal } from "./refusal.ts";

const longestName = 512;
const trick = /(^|[\\/])\.\.([\\/]|$)|\p{Cc}|^[a-z]+:\/\//iu;
const largestSide = 1024;
const mostBatch = 2 ** 16;

/** @throws Refusal */
export function checkGraph(graph: Graph): void {
  const known = new Set<string>();
  const define = (name: string, what: string): void => {
    checkName(name, what);
    if (known.has(name)) throw new Refusal("MALFORMED", `Two values are called "${name}".`);
    known.add(name);
  };
  for (const tensor of graph.initializers) define(tensor.name, "A stored tensor");
  // Older files list stored tensors among the inputs too.
  const free = graph.inputs.filter((input) => !known.has(input.name));
  if (free.length !== 1) throw new Refusal("UNSUPPORTED", `A classifier has one input, and this network has ${free.length}.`);
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
          `Node "${node.name}" (${node.operator}) uses "${shortened(input)}" before it is made, or in a circle.`,
        );
    for (const output of node.outputs) if (output !== "") define(output, `An output of node "${node.name}"`);
  }
  if (graph.outputs.length !== 1)
    throw new Refusal("UNSUPPORTED", `A classifier has one output, and this network has ${graph.outputs.length}.`);
  for (const { name } of graph.outputs)
    if (!known.has(name)) throw new Refusal("MALFORMED", `Nothing makes the output "${shortened(name)}".`);
}

function checkName(name: string, what: string): void {
  if (name.length > longestName) throw new Refusal("MALFORMED", `${what} has a name of ${name.length} characters.`);
  if (trick.test(name))
    throw new Refusal("MALFORMED", `${what} is called ${JSON.stringify(shortened(name))}, which looks like a path out of a folder.`);
}

function checkInput({ dims }: ValueInfo): void {
  const [batch, ...sides] = dims;
  if (dims.length !== 4) throw new Refusal("UNSUPPORTED", `An image has four dimensions, and this network's input has ${dims.length}.`);
  if (typeof batch === "number" && (batch < 1 || batch > mostBatch)) throw new Refusal("MALFORMED", `A batch of ${batch} makes no sense.`);
  for (const side of sides)
    if (typeof side === "number" && (side < 1 || side > largestSide))
      throw new Refusal(
        "UNSUPPORTED",
        `Images are at most ${largestSide} pixels wide and high, and this network's input has a side of ${side}.`,
      );
}

export function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
