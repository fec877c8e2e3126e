/**
 * Reads a stored plan field by field. It checks types, not limits: a run must stay readable after a limit was lowered.
 * Every failure is an AppError CORRUPT_DATA that names the kind and the field.
 */
import { AppError } from "../appError.ts";

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export class PlanReader {
  readonly #kind: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  /** @throws AppError CORRUPT_DATA unless `document` is an object. */
  constructor(kind: string, document: unknown) {
    this.#kind = kind;
    if (!isObject(document)) throw this.#damaged("is not an object");
    this.#fields = document;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name);
  }

  text(name: string): string {
    const value = this.#fields[name];
    if (typeof value !== "string") throw this.#damaged(`has no text "${name}"`);
    return value;
  }

  /** 0 or more. */
  wholeNumber(name: string): number {
    return this.#wholeNumber(this.#fields[name], name);
  }

  optionalWholeNumber(name: string): number | null {
    const value = this.#fields[name] ?? null;
    return value === null ? null : this.#wholeNumber(value, name);
  }

  wholeNumbers(name: string): readonly number[] {
    return this.#list(name).map((value) => this.#wholeNumber(value, name));
  }

  numbers(name: string): readonly number[] {
    return this.#list(name).map((value) => {
      if (typeof value !== "number") throw this.#damaged(`lists something other than numbers as "${name}"`);
      return value;
    });
  }

  /** Empty where the field is missing. */
  optionalNumbers(name: string): readonly number[] {
    return this.has(name) ? this.numbers(name) : [];
  }

  texts(name: string): readonly string[] {
    return this.#list(name).map((value) => {
      if (typeof value !== "string") throw this.#damaged(`lists something other than texts as "${name}"`);
      return value;
    });
  }

  /** Each item read by `read`, which returns undefined for an item of the wrong type. */
  items<Item>(name: string, read: (value: unknown) => Item | undefined): readonly Item[] {
    return this.#list(name).map((value) => {
      const item = read(value);
      if (item === undefined) throw this.#damaged(`lists a wrong item as "${name}"`);
      return item;
    });
  }

  #list(name: string): readonly unknown[] {
    const value = this.#fields[name];
    if (!Array.isArray(value)) throw this.#damaged(`has no list "${name}"`);
    return value;
  }

  #wholeNumber(value: unknown, name: string): number {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
      throw this.#damaged(`has no whole number of 0 or more as "${name}"`);
    return value;
  }

  #damaged(problem: string): AppError {
    return new AppError("CORRUPT_DATA", `The stored plan of this run (${this.#kind}) is damaged: it ${problem}. Start a new run.`);
  }
}
