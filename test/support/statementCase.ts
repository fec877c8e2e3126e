/** A call of a function of persistence, whose statements a test prepares. */
import type { Connection, Transaction } from "@pareidolia/persistence/server/database/database";

export interface StatementCase {
  /** Rows that reads return, so that a function reaches its next statement. Default: none. */
  readonly rows?: readonly object[];
  readonly call: (connection: Connection, transaction: Transaction) => unknown;
}
