/** The context in which an operator is imported: its inputs, outputs and options. */
import { type ChannelsLastNetwork, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { Constant } from "../channelsLast/constants.ts";
import { dequantise, storedIntegers } from "./dequantise.ts";
import { corruptTflite, type FlatTable } from "./flatTable.ts";
import { operatorName } from "./operatorNames.ts";
import type { TfliteOperator, TfliteTensor } from "./readTflite.ts";

/** The pixels of a value as rows of a matrix; several rows belong to one image. */
export interface Rows {
  readonly rowsOf: Value;
}

/** A value split over the batch by SPACE_TO_BATCH_ND: every `block`-th pixel in each direction forms one image. */
export interface SpaceToBatchResult {
  readonly spaceToBatchOf: Value;
  readonly block: readonly [number, number];
}

/** The result of an operator: a tensor with the batch as its first axis, or a special form that only few operators can read. */
export type OperatorResult = Value | Rows | SpaceToBatchResult;
export type ImportOperator = (context: OperatorContext) => OperatorResult | readonly OperatorResult[];

export class OperatorContext {
  readonly network: ChannelsLastNetwork;
  readonly name: string;
  readonly #tensors: readonly TfliteTensor[];
  readonly #operator: TfliteOperator;
  readonly #results: ReadonlyMap<number, OperatorResult>;

  constructor(options: {
    network: ChannelsLastNetwork;
    tensors: readonly TfliteTensor[];
    operator: TfliteOperator;
    results: ReadonlyMap<number, OperatorResult>;
  }) {
    this.network = options.network;
    this.#tensors = options.tensors;
    this.#operator = options.operator;
    this.#results = options.results;
    this.name = `tensor${options.operator.outputs[0]}.${operatorName(options.operator.code)}`;
  }

  get inputCount(): number {
    return this.#operator.inputs.length;
  }

  get outputCount(): number {
    return this.#operator.outputs.length;
  }

  get output(): TfliteTensor {
    return this.#tensor(this.#operator.outputs[0]);
  }

  get options(): FlatTable | null {
    return this.#operator.options;
  }

  has(input: number): boolean {
    return (this.#operator.inputs[input] ?? -1) >= 0;
  }

  /** An input that depends on the image. */
  value(input: number): Value {
    const result = this.input(input);
    if ("name" in result) return result;
    throw unsupported(
      `input ${input} of ${this.name} has no batch axis: it is ${"rowsOf" in result ? "a matrix of pixels" : "split by SPACE_TO_BATCH_ND"}`,
    );
  }

  input(input: number): OperatorResult {
    const result = this.#results.get(this.#operator.inputs[input] ?? -1);
    if (result === undefined) throw unsupported(`input ${input} of ${this.name} must depend on the image`);
    return result;
  }

  /** Whether an input is stored: neither computed nor omitted. */
  isStored(input: number): boolean {
    const index = this.#operator.inputs[input] ?? -1;
    return !this.#results.has(index) && (this.#tensors[index]?.data.length ?? 0) > 0;
  }

  valueOrConstant(input: number): Value | Constant {
    return this.#results.has(this.#operator.inputs[input] ?? -1) ? this.value(input) : this.constant(input);
  }

  constant(input: number): Constant {
    return dequantise(this.stored(input));
  }

  integers(input: number): readonly number[] {
    return storedIntegers(this.stored(input));
  }

  stored(input: number): TfliteTensor {
    const index = this.#operator.inputs[input] ?? -1;
    if (this.#results.has(index)) throw unsupported(`input ${input} of ${this.name} is computed but must be stored in the file`);
    return this.#tensor(index);
  }

  #tensor(index: number | undefined): TfliteTensor {
    const tensor = this.#tensors[index ?? -1];
    if (tensor === undefined) throw corruptTflite(`${this.name} refers to a missing tensor`);
    return tensor;
  }
}
