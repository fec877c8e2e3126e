/** What the page of test/e2e/client.spec.ts does with the client, which is bundled for browsers with this module. */
import { createClient } from "@pareidolia/client";
import { bestElites, runEvents, viewer } from "@pareidolia/client/operations";

interface Used {
  readonly role: string;
  readonly labels: readonly string[];
  /** Numbers of the run's events, by event stream and by WebSocket. */
  readonly numbers: readonly (readonly number[])[];
  /** Of the first elite's image: the hash of the API, and that of the client. */
  readonly hashes: readonly string[];
  readonly uploaded: string | null;
}

/** A page gives the path of its own server, and is known by its cookie. */
export async function useClient(runKey: string): Promise<Used> {
  const client = createClient({ url: "/graphql" });
  const { viewer: me } = await client.query(viewer);
  const variables = { filter: { runId: runKey }, first: 4 };
  const elites = [];
  for await (const elite of client.nodes(bestElites, variables, (data) => data.elites)) elites.push(elite);
  const [first] = elites;
  if (first === undefined) throw new Error(`${runKey} has no elites.`);
  const numbers: number[][] = [];
  for (const follower of [client, createClient({ url: "/graphql", webSocket: WebSocket })]) {
    const received: number[] = [];
    for await (const { runEvents: event } of follower.subscribe(runEvents, { runId: runKey })) received.push(event.seq);
    numbers.push(received);
  }
  const image = await client.download(first.image.url);
  const upload = await client.upload(new File([image.bytes], "elite.png"), { kind: "PHOTO" });
  return {
    role: me.role,
    labels: elites.map(({ label }) => label),
    numbers,
    hashes: [first.image.sha256, image.sha256],
    uploaded: upload.sha256,
  };
}
