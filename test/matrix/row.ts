/** A row of the matrix: one field, node type, path or address, and what a request for it shows to an actor. */
import type { Guard } from "@pareidolia/api/policy/requires";
import type { BulkQueries } from "./bulkQueries.ts";
import type { Person } from "./people.ts";
import type { Place, SharedPlace } from "./place.ts";
import type { Things } from "./things.ts";

/**
 * `granted`: data, or a change that was written to the audit log. `denied`: an error, null or an empty list. `leak`: data of another
 * workspace. `unaudited`: a change without its entry.
 */
export type Outcome = "granted" | "denied" | "leak" | "unaudited";

export interface Row {
  /** Such as "Query.runs(filter.modelId)". */
  readonly name: string;
  readonly places: readonly Place[];
  /** All of them are needed. */
  readonly actions: readonly Guard[];
  /**
   * The shared places whose objects are granted to every visitor whom the actions admit; the others must show nothing. Undefined for a row
   * that names no object, since sharing does not affect it.
   */
  readonly shared?: readonly SharedPlace[];
  /** Whether it concerns members only, though guests may perform the action on other objects. */
  readonly needsMembership?: boolean;
  /** Names of the people whom the object describes; they see it whatever their role. */
  readonly about?: readonly string[];
  /** Whether it compares a value, so that any sender who may read it could get a wrong one. */
  readonly isFigure?: boolean;
  /** Whether it only sends queries: those of one sender are merged. */
  readonly isQuery?: boolean;
  /** For a path: the parts of its document, so that several paths fit into one request. */
  readonly leaf?: Leaf;
  /** For a mutation: its document, so that several that are expected to be refused fit into one request. */
  readonly change?: Change;
  /** Whether no other request may run at the same time. */
  readonly isExclusive?: boolean;
  observe(person: Person, place: Place): Promise<Outcome>;
}

export interface Operation {
  readonly query: string;
  readonly variables: object;
}

interface Change {
  operation(person: Person, place: Place): Operation;
  /** Types of results that refuse it and change nothing. */
  readonly refusals: readonly string[];
}

interface Leaf {
  readonly open: string;
  readonly close: string;
  readonly field: string;
  /** Empty for a value. */
  readonly selection: string;
  readonly variables: (person: Person) => Readonly<Record<string, unknown>>;
}

export interface World {
  readonly url: string;
  /** Where requests go that change something. */
  readonly changesUrl: string;
  readonly people: readonly Person[];
  readonly bulkQueries: BulkQueries;
  /** Whether every actor looks in every place, rather than one of each kind. */
  readonly isComplete: boolean;
  /** The objects to which a place refers, for an actor. */
  thingsOf(person: Person, place: Place): Things;
  /** The person as a visitor of the workspace whose experiment is shared: that workspace's objects are `own`. */
  visit(person: Person, place: SharedPlace): Person;
  /** Sets the visibility of the experiment as the place needs it. */
  show(place: Place | SharedPlace): Promise<void>;
  query<Data extends object = Selected>(person: Person, query: string, variables?: object): Promise<Answer<Data>>;
  /** Resets the counters of rate limits. */
  forgetAttempts(): Promise<void>;
  /** The transactions that were completed since the last call; none of them is committed. */
  takeTransactions(): readonly Completed[];
}

export interface Completed {
  /** In the audit log. A change of a workspace's members without an entry in its own log counts as no entry. */
  readonly actions: readonly string[];
  /** Workspaces of which it wrote rows, but no entry. */
  readonly unloggedIn: readonly string[];
}

export type Selected = Readonly<Record<string, unknown>>;

/** `Data` is what the query selects, as far as its sender may read it. */
export interface Answer<Data extends object = Selected> {
  readonly status: number;
  readonly data: Data | null | undefined;
  readonly errors: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[] | undefined;
}
