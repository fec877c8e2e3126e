/**
 * ONNX's own node tests for the operators that this platform supports. Each is a model of one node, or of the nodes that a composite
 * operator expands to, with inputs and expected outputs.
 */
import type { Graph, GraphNode, Tensor, ValueInfo } from "@pareidolia/onnx/graph";
import { int } from "@pareidolia/onnx/graphBuilder";
import { halfPrecision } from "@pareidolia/onnx/halfPrecision";
import { operatorRules } from "@pareidolia/onnx/operators/registry";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";
import { eachField, readTensor } from "@pareidolia/onnx/proto/decodeTensor";
import { ElementType, GraphField, ModelField, NodeField } from "@pareidolia/onnx/proto/fieldNumbers";
import { ProtoReader } from "@pareidolia/onnx/proto/protoReader";
import { upgrades } from "@pareidolia/onnx/upgrades/registry";
import { readOnnxTestData } from "./onnxTestData.ts";

/** The test as a classifier: the first input depends on the image, the others are stored weights. */
interface NodeTestNetwork {
  readonly graph: Graph;
  readonly x: Float32Array;
  readonly dims: readonly number[];
}

export interface NodeTest {
  readonly name: string;
  readonly operators: ReadonlySet<string>;
  /** @throws AppError if the file cannot be read. */
  readonly network: () => NodeTestNetwork;
  readonly expected: () => readonly Tensor[];
}

/** Constant has no rule, as `normalise` stores its value. */
export const supportedOperators: ReadonlySet<string> = new Set([...operatorRules.keys(), ...upgrades.keys(), "Constant"]);

export async function readNodeTests(): Promise<readonly NodeTest[]> {
  const files = await readOnnxTestData("node/");
  return [...files.keys()]
    .filter((file) => file.endsWith("/model.onnx"))
    .map((file) => file.slice(0, -"/model.onnx".length))
    .map((name) => ({ name, operators: operatorsOf(read(files, `${name}/model.onnx`)) }))
    .filter(({ operators }) => [...operators].every((operator) => supportedOperators.has(operator)))
    .map(({ name, operators }) => ({
      name,
      operators,
      network: () => networkOf(name, files),
      expected: () => tensorsOf(`${name}/test_data_set_0/output_`, files),
    }));
}

type Files = ReadonlyMap<string, () => Uint8Array>;

function read(files: Files, file: string): Uint8Array {
  const content = files.get(file);
  if (content === undefined) throw new Error(`ONNX's test data has no ${file}.`);
  return content();
}

/** Reads nothing else, so that a model with unsupported element types counts as a test too. Custom operators carry their domain. */
function operatorsOf(model: Uint8Array): ReadonlySet<string> {
  const operators = new Set<string>();
  const readNode = (node: ProtoReader): void => {
    let [operator, domain] = ["", ""];
    eachField(node, {
      [NodeField.operator]: (field) => void (operator = field.string()),
      [NodeField.domain]: (field) => void (domain = field.string()),
    });
    operators.add(domain === "" ? operator : `${domain}.${operator}`);
  };
  eachField(new ProtoReader(model), {
    [ModelField.graph]: (field) => eachField(field.message(), { [GraphField.node]: (node) => readNode(node.message()) }),
  });
  return operators;
}

function tensorsOf(start: string, files: Files): readonly Tensor[] {
  const tensors: Tensor[] = [];
  for (let index = 0; files.has(`${start}${index}.pb`); index++)
    tensors.push(readTensor(new ProtoReader(read(files, `${start}${index}.pb`))));
  return tensors;
}

function networkOf(name: string, files: Files): NodeTestNetwork {
  const graph = decodeModel(read(files, `${name}/model.onnx`));
  const given = tensorsOf(`${name}/test_data_set_0/input_`, files);
  const [input] = graph.inputs;
  const [values] = given;
  const asStored = (tensor: Tensor, index: number): Tensor => ({ ...tensor, name: graph.inputs[index]?.name ?? "" });
  const isShape = graph.nodes.some(({ operator, inputs }) => operator === "ConstantOfShape" && inputs[0] === input?.name);
  // A shape never depends on the image.
  if (input === undefined || values === undefined || isShape)
    return {
      graph: { ...graph, inputs: [], initializers: [...graph.initializers, ...given.map(asStored)] },
      x: new Float32Array(0),
      dims: [0],
    };
  const stored = given.map(asStored).slice(1);
  const image: ValueInfo = { name: "the image", type: "float32", dims: input.dims };
  // An image is float32; a network gets integers and booleans by casting.
  const cast: GraphNode = {
    operator: "Cast",
    name: "fromImage",
    inputs: [image.name],
    outputs: [input.name],
    attributes: new Map([["to", int(ElementType[input.type])]]),
  };
  const isFloat = ["float32", "float16", "float64"].includes(input.type);
  return {
    graph: {
      ...graph,
      initializers: [...graph.initializers, ...stored],
      inputs: [isFloat ? input : image],
      nodes: isFloat ? graph.nodes : [cast, ...graph.nodes],
    },
    x: Float32Array.from(numbersOf(values)),
    dims: values.dims,
  };
}

export function numbersOf(tensor: Tensor): number[] {
  if (tensor.type === "float16") return Array.from(tensor.data, halfPrecision);
  return Array.from(tensor.data as ArrayLike<number | bigint>, Number);
}
