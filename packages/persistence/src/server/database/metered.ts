/** Counts a client's statements against their request's budget and, with a gate, limits how many run at once. */
import type { PrismaClient } from "../../generated/client.ts";
import type { Gate } from "./gate.ts";
import { currentBudget } from "./statementBudget.ts";
import { nameSlowStatement } from "./tooExpensive.ts";

export function metered(client: PrismaClient, gate: Gate | null): PrismaClient {
  const extended = client.$extends({
    query: {
      async $allOperations({ args, query }) {
        const budget = currentBudget();
        // In a worker, which waits and retries whatever the reason.
        if (budget === undefined && gate === null) return query(args);
        budget?.takeStatement();
        const send = (): Promise<unknown> => (budget === undefined ? query(args) : budget.time(() => query(args)));
        try {
          return await (gate === null ? send() : gate.run(send));
        } catch (error) {
          throw nameSlowStatement(error);
        }
      },
    },
  });
  // An extension of only queries does not change the client's methods.
  return extended as unknown as PrismaClient;
}
