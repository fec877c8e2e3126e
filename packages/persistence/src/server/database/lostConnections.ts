/**
 * Gives lost connections an error kind. `pg` reports them as plain errors without a code ("Connection terminated unexpectedly", "Client has
 * encountered a connection error and is not queryable"), and Prisma's adapter passes them on unchanged. Here they become Prisma's
 * ConnectionClosed, so that retries depend on a kind and not on the driver's wording.
 */
import { DriverAdapterError, type SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";

/**
 * A client that survives the loss of its connection at any moment. Between the pool and a transaction, `pg` has no listener for "error",
 * and an error without a listener ends the process. Here the next statement fails instead.
 */
export class ResilientClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on("error", () => undefined);
  }
}

/** Errors from the server have an SQLSTATE, and wrong use of the driver throws a TypeError, so a plain Error is about the connection. */
function isConnectionError(error: unknown): error is Error {
  return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype;
}

async function named(answer: Promise<unknown>): Promise<unknown> {
  try {
    const result = await answer;
    const isAdapter = result instanceof Object && "executeRaw" in result;
    return isAdapter ? naming(result) : result;
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    throw new DriverAdapterError({ kind: "ConnectionClosed", originalMessage: error.message });
  }
}

/** Wraps an object so that its promises reject with a kind. Also wraps the adapters and transactions that it returns. */
function naming<Target extends object>(target: Target): Target {
  return new Proxy(target, {
    get(_, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        const answer: unknown = Reflect.apply(value, target, given);
        return answer instanceof Promise ? named(answer) : answer;
      };
    },
  });
}

export function namingLostConnections(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return naming(factory);
}
