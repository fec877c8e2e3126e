/**
 * Limits how many operations may be open on one WebSocket, and across all sockets of one user. A socket's operations share the cost limit
 * of one HTTP request, so a socket cannot bypass the limits.
 */
import { GraphQLError } from "graphql";
import { limits } from "../limits/limits.ts";

export const socketLimits = {
  /** Running queries and active subscriptions. */
  operations: 50,
  /** Further operations are refused one by one; after this many refusals the socket is closed. */
  refusals: 100,
  /** Bytes of results that the client has not read yet. */
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
        refuse(`This connection already has ${socketLimits.operations} open operations, the maximum. Complete one of them first.`);
      if (user.operations >= socketLimits.operationsOfUser)
        refuse(`You already have ${socketLimits.operationsOfUser} open operations in total, the maximum. Complete one of them first.`);
      if (unsent > socketLimits.unsent) refuse("This connection has unread results. Read them before you send another operation.");
    },
    take(taken) {
      if (cost + taken > limits.cost)
        refuse(`The open operations on this connection could together return more than ${limits.cost} values. Complete one of them first.`);
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
