/** What an operator's import sees of its place in the file. */
import { type ChannelsLastNetwork, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { Constant } from "../channelsLast/constants.ts";
import { dequantise, storedIntegers } from "./dequantise.ts";
import { corruptTflite, type FlatTable } from "./flatTable.ts";
import { operatorName } from "./operatorNames.ts";
import type { TfliteOperator, TfliteTensor } from "./readTflite.ts";

/** The places of a value one after another, each a row: a matrix whose rows belong to one image together. */
export interface Rows {
  readonly rowsOf: Value;
}

/** A value dealt out over the batch by SPACE_TO_BATCH_ND: every `block`th place in both directions lies in one image. */
export interface Dealt {
  readonly dealtFrom: Value;
  readonly block: readonly [number, number];
}

/** What an operator makes: a tensor with the batch as its first axis, or one that has other things there and is read by few. */
export type Made = Value | Rows | Dealt;
export type ImportOperator = (place: OperatorPlace) => Made | readonly Made[];

export class OperatorPlace {
  readonly network: ChannelsLastNetwork;
  readonly name: string;
  readonly #tensors: readonly TfliteTensor[];
  readonly #operator: TfliteOperator;
  readonly #made: ReadonlyMap<number, Made>;

  constructor(options: {
    network: ChannelsLastNetwork;
    tensors: readonly TfliteTensor[];
    operator: TfliteOperator;
    made: ReadonlyMap<number, Made>;
  }) {
    this.network = options.network;
    this.#tensors = options.tensors;
    this.#operator = options.operator;
    this.#made = options.made;
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

  /** What depends on the image. */
  value(input: number): Value {
    const made = this.made(input);
    if ("name" in made) return made;
    throw unsupported(`input ${input} of ${this.name} is no batch of values, but ${"rowsOf" in made ? "rows of them" : "parts of them"}`);
  }

  made(input: number): Made {
    const made = this.#made.get(this.#operator.inputs[input] ?? -1);
    if (made === undefined) throw unsupported(`input ${input} of ${this.name} should depend on the image`);
    return made;
  }

  /** Neither computed from the image nor left out. */
  isStored(input: number): boolean {
    const index = this.#operator.inputs[input] ?? -1;
    return !this.#made.has(index) && (this.#tensors[index]?.data.length ?? 0) > 0;
  }

  valueOrConstant(input: number): Value | Constant {
    return this.#made.has(this.#operator.inputs[input] ?? -1) ? this.value(input) : this.constant(input);
  }

  constant(input: number): Constant {
    return dequantise(this.stored(input));
  }

  integers(input: number): readonly number[] {
    return storedIntegers(this.stored(input));
  }

  stored(input: number): TfliteTensor {
    const index = this.#operator.inputs[input] ?? -1;
    if (this.#made.has(index)) throw unsupported(`input ${input} of ${this.name} is computed; it should be stored in the file`);
    return this.#tensor(index);
  }

  #tensor(index: number | undefined): TfliteTensor {
    const tensor = this.#tensors[index ?? -1];
    if (tensor === undefined) throw corruptTflite(`${this.name} lacks a tensor`);
    return tensor;
  }
}
