/** A GraphQL operation that a page shows for programs, and what a program needs to send it. */

export interface ShownQuery {
  /** What it loads or does, such as "Run statistics". */
  readonly title: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Where programs send an operation, and how they sign in. */
export interface QueryAccess {
  /** Such as https://lab.example. */
  readonly origin: string;
  /** Whether the API wants a key: it has users who sign in. */
  readonly needsKey: boolean;
  /** Headers that a request needs besides the key, such as that of a share link. */
  readonly headers: Readonly<Record<string, string>>;
}
