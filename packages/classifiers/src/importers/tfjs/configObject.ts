/** Reads part of an untrusted model.json: each value has the expected type or is refused by name. */
import { AppError } from "@pareidolia/core/appError";

export function corruptTfjs(what: string): AppError {
  return new AppError("CORRUPT_DATA", `This model.json cannot be read: ${what}.`);
}

export class ConfigObject {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #where: string;

  /** @throws AppError CORRUPT_DATA if `value` is not a JSON object. */
  constructor(value: unknown, where: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw corruptTfjs(`${where} is not an object`);
    this.#values = value as Record<string, unknown>;
    this.#where = where;
  }

  has(key: string): boolean {
    return this.#get(key) !== undefined;
  }

  isList(key: string): boolean {
    return Array.isArray(this.#get(key));
  }

  /** The unchecked value. */
  value(key: string): unknown {
    return this.#get(key);
  }

  object(key: string): ConfigObject {
    return new ConfigObject(this.#get(key), `${this.#where}.${key}`);
  }

  list(key: string, max = 20_000): readonly unknown[] {
    const value = this.#get(key);
    if (!Array.isArray(value) || value.length > max) throw this.#wrong(key, `a list of at most ${max}`);
    return value;
  }

  objects(key: string): readonly ConfigObject[] {
    return this.list(key).map((value, index) => new ConfigObject(value, `${this.#where}.${key}[${index}]`));
  }

  text(key: string, fallback?: string): string {
    const value = this.#get(key) ?? fallback;
    if (typeof value !== "string" || value.length > 1000) throw this.#wrong(key, "a string");
    return value;
  }

  number(key: string, fallback?: number): number {
    const value = this.#get(key) ?? fallback;
    if (typeof value !== "number" || !Number.isFinite(value)) throw this.#wrong(key, "a number");
    return value;
  }

  numbers(key: string): readonly number[] {
    return this.list(key).map((value) => {
      if (typeof value !== "number" || !Number.isFinite(value)) throw this.#wrong(key, "a list of numbers");
      return value;
    });
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.#get(key) ?? fallback;
    if (typeof value !== "boolean") throw this.#wrong(key, "true or false");
    return value;
  }

  /** Integers from 0; null is an open size and becomes 1 (the batch). */
  sizes(key: string): readonly number[] {
    return this.list(key, 8).map((value) => this.#size(key, value ?? 1));
  }

  /** Height and width, given as one number or two. */
  pair(key: string, fallback: readonly [number, number]): readonly [number, number] {
    const value = this.#get(key) ?? fallback;
    const [height, width] = Array.isArray(value) ? value : [value, value];
    return [this.#size(key, height), this.#size(key, width)];
  }

  #size(key: string, value: unknown): number {
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 65_536)
      throw this.#wrong(key, "sizes from 0 to 65536");
    return value;
  }

  /** These files write `null` for absent values. */
  #get(key: string): unknown {
    const value = Object.hasOwn(this.#values, key) ? this.#values[key] : undefined;
    return value === null ? undefined : value;
  }

  #wrong(key: string, expected: string): AppError {
    return corruptTfjs(`${this.#where}.${key} must be ${expected}`);
  }
}
