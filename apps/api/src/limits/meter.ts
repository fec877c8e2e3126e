/**
 * Counts the actual cost of an operation while it runs, and stops it at the limits: the estimate cannot know how long a list is or how long
 * a statement takes. `meterFields` calls it for every field.
 */
import { AppError } from "@pareidolia/core/appError";
import { GraphQLError } from "graphql";
import { limits, tooComplex } from "./limits.ts";

/**
 * GraphQL passes an error with a path through unchanged; without a path it would copy the error, stack included, for each of thousands of
 * fields.
 */
function shared(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, { path: [], originalError: error.originalError, extensions: error.extensions });
}

function tookTooLong(): GraphQLError {
  const message = `The operation took longer than ${limits.seconds} s. Try again, or request less data. A mutation may have taken effect.`;
  return new GraphQLError(message, { originalError: new AppError("UNAVAILABLE", message) });
}

/** Rows have fields, which count on their own. */
export type ListKind = "rows" | "values";

export class Meter {
  #values = 0;
  #rows = 0;
  #deadline: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #limitError: GraphQLError | null = null;
  readonly #waiting = new Set<(error: GraphQLError) => void>();

  /** The error for the exceeded limit; all results resolved so far are then discarded. */
  get limitError(): GraphQLError | null {
    return this.#limitError;
  }

  /** As `countCost` counts it: fields, and values in lists of values. */
  get cost(): number {
    return this.#values - this.#rows;
  }

  /** Resets the meter for the next event of a subscription. */
  renew(): void {
    this.end();
    this.#values = 0;
    this.#rows = 0;
    this.#deadline = null;
    this.#limitError = null;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** @throws GraphQLError once a limit is exceeded. */
  takeValues(count: number): void {
    if (this.#limitError !== null) throw this.#limitError;
    this.#values += count;
    if (this.#values > limits.values)
      throw this.#stop(tooComplex(`The response has more than ${limits.values} values. Request fewer fields or rows.`));
    const now = performance.now();
    this.#deadline ??= now + limits.seconds * 1000;
    if (now > this.#deadline) throw this.#stop(tookTooLong());
  }

  /** Rejects when a limit is exceeded while the field waits. */
  wait(result: PromiseLike<unknown>, list: ListKind | null): Promise<unknown> {
    this.#timer ??= setTimeout(() => this.#stop(tookTooLong()), limits.seconds * 1000).unref();
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      result.then(
        (value) => {
          this.#waiting.delete(reject);
          try {
            if (list !== null) this.takeList(value, list);
            resolve(value);
          } catch (error) {
            reject(error);
          }
        },
        (error: unknown) => {
          this.#waiting.delete(reject);
          reject(error);
        },
      );
    });
  }

  takeList(list: unknown, kind: ListKind): void {
    if (!Array.isArray(list)) return;
    if (kind === "rows") this.#rows += list.length;
    this.takeValues(list.length);
  }

  /** Ends a query whose client is gone. */
  abandon(): void {
    this.#stop(new GraphQLError("The client is gone."));
  }

  #stop(error: GraphQLError): GraphQLError {
    this.#limitError ??= shared(error);
    for (const reject of this.#waiting) reject(this.#limitError);
    this.#waiting.clear();
    return this.#limitError;
  }
}
