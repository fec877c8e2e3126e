/**
 * How many operations may be open at a time on one WebSocket, and over all sockets of one user. Those of a socket share the cost that one
 * request over HTTP may have, so that a socket is no way around the limits.
 */
import { GraphQLError } from "graphql";
import { limits } from "../limits/limits.ts";

export const socketLimits = {
  /** Queries that run and subscriptions that are followed. */
  operations: 50,
  /** Further operations are refused one by one, and after this many the socket is closed. */
  refusals: 100,
  /** Bytes of answers that the client has not taken yet. */
  unsent: 1_000_000,
  socketsOfUser: 100,
  operationsOfUser: 500,
} as const;

interface User {
  sockets: number;
  operations: number;
}

export interface SocketSlots {
  /** @throws GraphQLError TOO_MANY_OPERATIONS. */
  requireFree(unsent: number): void;
  /** Holds a slot until the returned function is called. @throws GraphQLError TOO_MANY_OPERATIONS. */
  take(cost: number): () => void;
  /** How many operations were refused. */
  readonly refusals: number;
  close(): void;
}

export class OperationSlots {
  readonly #users = new Map<string, User>();

  /** Null when the user has too many sockets open. */
  open(userId: string): SocketSlots | null {
    const user = this.#users.get(userId) ?? { sockets: 0, operations: 0 };
    if (user.sockets >= socketLimits.socketsOfUser) return null;
    this.#users.set(userId, user);
    user.sockets += 1;
    return openSlots(user, () => this.#forget(userId, user));
  }

  #forget(userId: string, user: User): void {
    if (user.sockets === 0 && user.operations === 0) this.#users.delete(userId);
  }
}

function openSlots(user: User, onChange: () => void): SocketSlots {
  let operations = 0;
  let cost = 0;
  let refusals = 0;
  let closed = false;
  const refuse = (message: string): never => {
    refusals += 1;
    throw new GraphQLError(message, { extensions: { code: "TOO_MANY_OPERATIONS" } });
  };
  return {
    get refusals() {
      return refusals;
    },
    requireFree(unsent) {
      if (operations >= socketLimits.operations)
        refuse(`This connection has ${socketLimits.operations} operations open, the most allowed. Complete one of them first.`);
      if (user.operations >= socketLimits.operationsOfUser)
        refuse(
          `You have ${socketLimits.operationsOfUser} operations open over all connections, the most allowed. Complete one of them first.`,
        );
      if (unsent > socketLimits.unsent) refuse("This connection has answers waiting. Read them before you send the next operation.");
    },
    take(taken) {
      if (cost + taken > limits.cost)
        refuse(`The operations open on this connection could return more than ${limits.cost} values together. Complete one of them first.`);
      operations += 1;
      user.operations += 1;
      cost += taken;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        operations -= 1;
        user.operations -= 1;
        cost -= taken;
        onChange();
      };
    },
    close() {
      if (closed) return;
      closed = true;
      user.sockets -= 1;
      onChange();
    },
  };
}
