/** What an operator's import sees of its place in the file. */
import { type ChannelsLastNetwork, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { Constant } from "../channelsLast/constants.ts";
import { dequantise, storedIntegers } from "./dequantise.ts";
import { corruptTflite, type FlatTable } from "./flatTable.ts";
import { operatorName } from "./operatorNames.ts";
import type { TfliteModel, TfliteOperator, TfliteTensor } from "./readTflite.ts";

export type ImportOperator = (place: OperatorPlace) => Value;

export class OperatorPlace {
  readonly network: ChannelsLastNetwork;
  readonly name: string;
  readonly #model: TfliteModel;
  readonly #operator: TfliteOperator;
  readonly #values: ReadonlyMap<number, Value>;

  constructor(options: { network: ChannelsLastNetwork; model: TfliteModel; operator: TfliteOperator; values: ReadonlyMap<number, Value> }) {
    this.network = options.network;
    this.#model = options.model;
    this.#operator = options.operator;
    this.#values = options.values;
    this.name = `tensor${options.operator.outputs[0]}.${operatorName(options.operator.code)}`;
  }

  get inputCount(): number {
    return this.#operator.inputs.length;
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

  /** What depends on the image. */
  value(input: number): Value {
    const value = this.#values.get(this.#operator.inputs[input] ?? -1);
    if (value === undefined) throw unsupported(`input ${input} of ${this.name} should depend on the image`);
    return value;
  }

  valueOrConstant(input: number): Value | Constant {
    return this.#values.get(this.#operator.inputs[input] ?? -1) ?? this.constant(input);
  }

  constant(input: number): Constant {
    return dequantise(this.#stored(input));
  }

  integers(input: number): readonly number[] {
    return storedIntegers(this.#stored(input));
  }

  #stored(input: number): TfliteTensor {
    const index = this.#operator.inputs[input] ?? -1;
    if (this.#values.has(index)) throw unsupported(`input ${input} of ${this.name} is computed; it should be stored in the file`);
    return this.#tensor(index);
  }

  #tensor(index: number | undefined): TfliteTensor {
    const tensor = this.#model.tensors[index ?? -1];
    if (tensor === undefined) throw corruptTflite(`${this.name} lacks a tensor`);
    return tensor;
  }
}
