/** Small requests that ask for far more than they say: what one stranger may send to an API that others use. */
import { openRawSocket } from "./rawSocket.ts";

export interface Attack {
  readonly name: string;
  readonly bytes: number;
  /** Sends it and resolves when all of it is answered, refused or cut off, saying how. */
  send(url: string): Promise<string>;
}

const list = (count: number, each: (i: number) => string): string => Array.from({ length: count }, (_, i) => each(i)).join(" ");
const aliases = (count: number, name: string, field: string): string => list(count, (i) => `${name}${i}:${field}`);
const integers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i % 10);

function request(name: string, query: string, variables: object = {}): Attack {
  const body = JSON.stringify({ query, variables });
  return {
    name,
    bytes: body.length,
    async send(url) {
      const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
      const text = await response.text();
      const message = /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
      return `${response.status}: ${message ?? `${text.length} characters`}`;
    },
  };
}

const silentFor = 2_000;

/** Messages sent all at once on one socket; over when the server closes it, or has been silent for a while. */
function flood(name: string, texts: readonly object[]): Attack {
  const messages = texts.map((text) => JSON.stringify(text));
  return {
    name,
    bytes: messages.reduce((sum, message) => sum + message.length, 0),
    async send(url) {
      const socket = await openRawSocket(url);
      for (const message of messages) socket.send(message);
      let seen = -1;
      let closed = "";
      void socket.closed.then(({ code, reason }) => {
        closed = `closed with ${code} ${reason}`;
      });
      while (closed === "" && seen < socket.received.length) {
        seen = socket.received.length;
        await new Promise((resolve) => setTimeout(resolve, silentFor));
      }
      const count = (type: string): number => socket.received.filter((message) => message.type === type).length;
      const end = closed === "" ? "left open" : closed;
      await socket.close();
      return `${count("next")} answers, ${count("error")} errors, ${end}`;
    },
  };
}

const operation = (i: number, query: string, variables: object = {}): object => ({
  id: `${i}`,
  type: "subscribe",
  payload: { query, variables },
});

const wholeSchema = "{__schema{types{fields{args{type{ofType{name}}}type{ofType{ofType{name}}}}inputFields{type{ofType{name}}}}}}";

/** `runKey` names a run whose subscriptions stay open. The first ones are as the issue found them, larger than 64 KB or not. */
export function createCostlyRequests(runKey: string): readonly Attack[] {
  const follow = `subscription{runEvents(runId:"${runKey}"){seq}}`;
  const introspection = `fragment t on __Type{${aliases(200, "b", "fields{...f}")}} fragment f on __Field{${aliases(60, "c", "name")}}`;
  const lists = `query($n:[Int!]){${aliases(60, "a", "elites(first:1,filter:{niche:$n}){nodes{id}}")}}`;
  return [
    request("140,000 integers x 60 aliases", lists, { n: integers(140_000) }),
    request("30,000 integers x 60 aliases", lists, { n: integers(30_000) }),
    request("100 integers x 60 aliases", lists, { n: integers(100) }),
    flood(
      "2,000 operations on a socket",
      Array.from({ length: 2_000 }, (_, i) => operation(i, "{runs{totalCount}}")),
    ),
    flood(
      "5,000 subscriptions on a socket",
      Array.from({ length: 5_000 }, (_, i) => operation(i, follow)),
    ),
    flood(
      "300 looks at the whole schema on a socket",
      Array.from({ length: 300 }, (_, i) => operation(i, wholeSchema)),
    ),
    flood(
      "300 such looks, each completed at once",
      Array.from({ length: 300 }, (_, i) => [operation(i, wholeSchema), { id: `${i}`, type: "complete" }]).flat(),
    ),
    request(
      "fragments that are all compared",
      `{${list(160, (i) => `...f${i}`)}} ${list(160, (i) => `fragment f${i} on Query{viewer{role}}`)}`,
    ),
    request("1,900 fields of one name", `{${"__typename ".repeat(1_900)}}`),
    request(
      "introspection with 55 aliases, below the limit of tokens",
      `{__schema{types{fields{type{ofType{fields{${aliases(55, "a", "description")}}}}}}}}`,
    ),
    request("introspection, 200 x 200 x 60 aliases", `{__schema{${aliases(200, "a", "queryType{...t}")}}} ${introspection}`),
  ];
}
