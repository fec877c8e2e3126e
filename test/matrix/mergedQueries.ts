/**
 * Queries that one sender asks at the same time, merged into one document: signing in and reading a request take most of a small query's
 * time. A query with an error is sent again by itself, and so are all of a document if its response has no data or shows a secret: the
 * refusal of one never counts as the refusal of another.
 */
import { inGroups } from "./groups.ts";
import { type Merged, maxMerged, mergeOperations } from "./mergeOperations.ts";
import type { Person } from "./people.ts";
import type { Answer, Operation } from "./row.ts";

export interface Sent extends Answer {
  /** Secrets that the response shows to a sender who may not see them. */
  readonly shown: readonly string[];
}

type Send = (person: Person, query: string, variables: object) => Promise<Sent>;

interface Waiting extends Operation {
  /** Null if the query must be sent by itself. */
  readonly resolve: (answer: Answer | null) => void;
  readonly reject: (error: unknown) => void;
}

export class MergedQueries {
  readonly #send: Send;
  readonly #waiting = new Map<string, Waiting[]>();
  /** Queries that returned no data to one sender, and probably return none to others. */
  readonly #refused = new Set<string>();

  constructor(send: Send) {
    this.#send = send;
  }

  async ask(person: Person, query: string, variables: object): Promise<Sent> {
    const asked = JSON.stringify([query, variables]);
    const isAlone = person.sendsAlone === true || this.#refused.has(asked);
    const merged = isAlone ? null : await this.#merge(person, { query, variables });
    if (merged !== null) return { ...merged, shown: [] };
    const answer = await this.#send(person, query, variables);
    if (answer.data == null) this.#refused.add(asked);
    return answer;
  }

  #merge(person: Person, operation: Operation): Promise<Answer | null> {
    return new Promise((resolve, reject) => {
      const sender = JSON.stringify([person.headers, person.visiting]);
      const waiting = this.#waiting.get(sender) ?? [];
      waiting.push({ ...operation, resolve, reject });
      if (waiting.length > 1) return;
      this.#waiting.set(sender, waiting);
      setImmediate(() => {
        this.#waiting.delete(sender);
        for (const group of inGroups(waiting, maxMerged)) void this.#sendMerged(person, group);
      });
    });
  }

  async #sendMerged(person: Person, [first, ...others]: readonly Waiting[]): Promise<void> {
    if (first === undefined) return;
    if (others.length === 0) return first.resolve(null);
    const all = [first, ...others];
    try {
      const { query, variables, split }: Merged = mergeOperations([first, ...others]);
      const { shown, ...answer } = await this.#send(person, query, variables);
      const answers = shown.length > 0 ? [] : split(answer);
      for (const [i, { resolve }] of all.entries()) resolve(answers[i] ?? null);
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  }
}
