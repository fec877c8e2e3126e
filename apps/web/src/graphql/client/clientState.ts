/**
 * State that belongs to one GraphQL client, beside urql's own cache. Another user gets a new client, which starts without any of it; an old
 * client's state is freed with the client.
 */
import type { Client } from "urql";

/** Returns a function that gives each client its own value, created when first read. */
export function clientState<T>(create: () => T): (client: Client) => T {
  const values = new WeakMap<Client, { readonly value: T }>();
  return (client) => {
    const known = values.get(client);
    if (known !== undefined) return known.value;
    const value = create();
    values.set(client, { value });
    return value;
  };
}
