/**
 * The key of the audit log. HKDF (RFC 5869) derives it from the installation's secret, which the database does not hold: someone who can only
 * write to the database cannot compute the hash of an entry. A process has one key, and each of its connections and transactions leads to it.
 */
import { hkdfSync } from "node:crypto";
import type { Prisma } from "../../generated/client.ts";

type Connection = Prisma.TransactionClient;

export function deriveAuditKey(installationSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", installationSecret, "", "pareidolia audit log", 32));
}

const keys = new WeakMap<Connection, Buffer>();

/** Returns the connection, which has the key from now on. Null for a process without a secret. */
export function withAuditKey<C extends Connection>(connection: C, key: Buffer | null): C {
  if (key !== null) keys.set(connection, key);
  return connection;
}

/** Null for a process without a secret, as in an installation of a single user who set none. */
export function auditKeyOf(connection: Connection): Buffer | null {
  return keys.get(connection) ?? null;
}
