/**
 * State of one GraphQL client outside urql's cache. Each user gets a new client without any state, and the state of an old client is freed
 * with the client.
 */
import type { Client } from "urql";

/** Returns a function that returns each client's own value, created on first use. */
export function clientState<T>(create: (client: Client) => T): (client: Client) => T {
  const values = new WeakMap<Client, { readonly value: T }>();
  return (client) => {
    const known = values.get(client);
    if (known !== undefined) return known.value;
    const value = create(client);
    values.set(client, { value });
    return value;
  };
}
