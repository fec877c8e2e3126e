/** A program's request for an API key, as the API describes it to the member who entered its code. */
import type { KeyScope } from "../../graphql/generated/graphql.ts";

export interface DeviceLogin {
  readonly code: string;
  /** The name that the program gives itself; it is not verified. */
  readonly clientName: string;
  /** Where the request came from. */
  readonly clientAddress: string;
  readonly scopes: readonly KeyScope[];
  /** Days for which the key will be valid. */
  readonly keyDays: number;
  readonly createdAt: string;
  readonly role: string;
  readonly workspace: { readonly id: string; readonly name: string };
}
