/** Small requests that cost a lot, which a single client may send to a shared API. */
import { openRawSocket } from "./rawSocket.ts";

export interface CostlyRequest {
  readonly name: string;
  readonly bytes: number;
  /** Sends the request, and describes the responses once all parts are answered, refused or disconnected. */
  send(url: string): Promise<string>;
}

const list = (count: number, each: (i: number) => string): string => Array.from({ length: count }, (_, i) => each(i)).join(" ");
const aliases = (count: number, name: string, field: string): string => list(count, (i) => `${name}${i}:${field}`);
const integers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i % 10);

function request(name: string, query: string, variables: object = {}): CostlyRequest {
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

/** Messages sent at once on one socket; ends when the server closes it or sends nothing for a while. */
function flood(name: string, texts: readonly object[]): CostlyRequest {
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

/** More than a socket's slots and refusals together. */
const floodOfIntrospections = 160;
const fullIntrospection = "{__schema{types{fields{args{type{ofType{name}}}type{ofType{ofType{name}}}}inputFields{type{ofType{name}}}}}}";

/** `runKey` is the key of a run whose subscriptions stay open. */
export function createCostlyRequests(runKey: string): readonly CostlyRequest[] {
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
      `${floodOfIntrospections} full introspections on a socket`,
      Array.from({ length: floodOfIntrospections }, (_, i) => operation(i, fullIntrospection)),
    ),
    flood(
      `${floodOfIntrospections} full introspections, each completed immediately`,
      Array.from({ length: floodOfIntrospections }, (_, i) => [operation(i, fullIntrospection), { id: `${i}`, type: "complete" }]).flat(),
    ),
    request(
      "160 fragments, compared in pairs",
      `{${list(160, (i) => `...f${i}`)}} ${list(160, (i) => `fragment f${i} on Query{viewer{role}}`)}`,
    ),
    request("1,900 fields of the same name", `{${"__typename ".repeat(1_900)}}`),
    request(
      "introspection with 55 aliases, below the limit of tokens",
      `{__schema{types{fields{type{ofType{fields{${aliases(55, "a", "description")}}}}}}}}`,
    ),
    request("introspection, 200 x 200 x 60 aliases", `{__schema{${aliases(200, "a", "queryType{...t}")}}} ${introspection}`),
  ];
}
