/**
 * Gives lost connections a kind. `pg` reports them as plain errors without a code ("Connection terminated unexpectedly", "Client has
 * encountered a connection error and is not queryable"), and Prisma's adapter passes those on as they are. Here they become
 * Prisma's own ConnectionClosed, so that code which decides about a retry reads a kind and not a driver's wording.
 */
import { DriverAdapterError, type SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";

/**
 * A client that survives the loss of its connection at any moment. On its way from the pool to a transaction a client has no
 * listener for "error", and an error without a listener ends the process. Its next statement fails, which is enough.
 */
export class ResilientClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on("error", () => undefined);
  }
}

/** What the server says carries an SQLSTATE, and misuse of the driver is a TypeError: a plain Error is about the connection. */
function isOfConnection(error: unknown): error is Error {
  return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype;
}

async function named(answer: Promise<unknown>): Promise<unknown> {
  try {
    const result = await answer;
    const isAdapter = result instanceof Object && "executeRaw" in result;
    return isAdapter ? naming(result) : result;
  } catch (error) {
    if (!isOfConnection(error)) throw error;
    throw new DriverAdapterError({ kind: "ConnectionClosed", originalMessage: error.message });
  }
}

/** The same object, whose promises reject with a kind. Adapters and transactions that it hands out are wrapped as well. */
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
