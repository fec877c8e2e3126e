/** Rows of the addresses outside GraphQL: images, contact sheets, report pages, event streams, uploads and exports. */
import { accountSettings } from "../support/accounts.ts";
import { dataOf, openEventStream } from "../support/eventStream.ts";
import { postForm } from "../support/sendUpload.ts";
import type { Person } from "./people.ts";
import { type Place, readableShares } from "./place.ts";
import { sentBytes } from "./populate.ts";
import { reportId } from "./reportFolder.ts";
import type { Row, World } from "./row.ts";

const everywhere: readonly Place[] = ["own", "other", "missing"];
const noUpload = "00000000-0000-4000-8000-000000000000";

export function routeRows(world: World): Row[] {
  const get = (person: Person, path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${world.url}${path}`, { headers: { ...person.headers, ...headers } });
  const outcomeOf = async (person: Person, response: Response, place: Place, granted: readonly number[] = [200]) => {
    await response.body?.cancel();
    if (!granted.includes(response.status)) return "denied";
    // A shared object may become private at any time, so visitors may cache nothing.
    if (person.visiting !== undefined && response.headers.get("cache-control")?.includes("max-age") === true) return "leak";
    return place === "own" ? "granted" : "leak";
  };
  /** What has changed in the sender's workspace; null for a sender who may not follow it. */
  const follow = async (person: Person, field: string): Promise<readonly string[] | null> => {
    const query = `subscription ($since: Float!) { workspaceChanges(since: $since) { ids: ${field} } }`;
    const headers = { origin: accountSettings.publicUrl.origin, ...person.headers };
    const variables = { since: world.thingsOf(person, "own").since };
    const stream = await openEventStream(world.url, { query, variables, headers });
    try {
      return stream.status === 200
        ? (dataOf<{ readonly ids: readonly string[] }>(await stream.next(), "workspaceChanges")?.ids ?? null)
        : null;
    } finally {
      stream.cut();
    }
  };
  return [
    {
      name: "GET /images",
      shared: readableShares,
      places: everywhere,
      actions: ["image:read"],
      observe: async (person, place) => outcomeOf(person, await get(person, `/images/${world.thingsOf(person, place).sha256}.png`), place),
    },
    {
      name: "GET /images with its entity tag",
      shared: readableShares,
      places: everywhere,
      actions: ["image:read"],
      async observe(person, place) {
        const { sha256 } = world.thingsOf(person, place);
        return outcomeOf(person, await get(person, `/images/${sha256}.png`, { "if-none-match": `"${sha256}"` }), place, [304]);
      },
    },
    {
      name: "GET /images of the trash",
      places: ["own", "other"],
      actions: ["trash:read", "image:read"],
      observe: async (person, place) =>
        outcomeOf(person, await get(person, `/images/${world.thingsOf(person, place).trashedImage}.png?trash`), place),
    },
    {
      // Of a closed study: while people vote, its address is all that the image needs.
      name: "GET /ballots/images",
      places: everywhere,
      actions: ["vote:cast"],
      observe: async (person, place) => outcomeOf(person, await get(person, world.thingsOf(person, place).ballotImage), place),
    },
    {
      name: "GET /contact-sheets",
      shared: readableShares,
      places: everywhere,
      actions: ["elite:read"],
      observe: async (person, place) =>
        outcomeOf(person, await get(person, `/contact-sheets/${world.thingsOf(person, place).nodes.Run}/0/32.png`), place),
    },
    {
      name: "GET /contact-sheets of an experiment",
      shared: readableShares,
      places: everywhere,
      actions: ["experiment:read"],
      observe: async (person, place) =>
        outcomeOf(person, await get(person, `/contact-sheets/${world.thingsOf(person, place).nodes.Experiment}/preview.png`), place),
    },
    ...(["json", "bin"] as const).map(
      (format): Row => ({
        name: `GET /genomes/ID.${format}`,
        shared: readableShares,
        places: everywhere,
        actions: ["genome:read"],
        observe: async (person, place) =>
          outcomeOf(person, await get(person, `/genomes/${world.thingsOf(person, place).nodes.Genome}.${format}`), place),
      }),
    ),
    {
      name: "GET /report-pages",
      places: ["own"],
      actions: ["report:read"],
      observe: async (person, place) => outcomeOf(person, await get(person, `/report-pages/${reportId}.html`), place),
    },
    ...(["csv", "jsonl"] as const).map(
      (format): Row => ({
        name: `GET /audit-log.${format}`,
        places: ["own"],
        actions: ["auditEntry:read"],
        async observe(person) {
          const response = await get(person, `/audit-log.${format}`);
          const text = await response.text();
          if (response.status !== 200) return "denied";
          return text.includes(world.thingsOf(person, "other").workspaceId) ? "leak" : "granted";
        },
      }),
    ),
    ...(["csv", "jsonl", "parquet"] as const).map(
      (format): Row => ({
        name: `GET /studies/ID/trials.${format}`,
        places: everywhere,
        actions: ["study:inspect", "study:export"],
        observe: async (person, place) =>
          outcomeOf(person, await get(person, `/studies/${world.thingsOf(person, place).nodes.Study}/trials.${format}`), place),
      }),
    ),
    ...(["room-votes.csv", "room-votes.jsonl", "room-images.csv", "room-images.jsonl", "codes.csv"] as const).map(
      (file): Row => ({
        name: `GET /studies/ID/${file}`,
        places: everywhere,
        actions: ["study:inspect", "study:export"],
        observe: async (person, place) =>
          outcomeOf(person, await get(person, `/studies/${world.thingsOf(person, place).nodes.Study}/${file}`), place),
      }),
    ),
    {
      name: "GET /studies/ID/releases/1.zip",
      places: everywhere,
      actions: ["study:inspect", "release:download"],
      observe: async (person, place) =>
        outcomeOf(person, await get(person, `/studies/${world.thingsOf(person, place).nodes.Study}/releases/1.zip`), place),
    },
    {
      name: "GET /exports/EXPORT-1.zip",
      places: ["own"],
      actions: ["export:download"],
      async observe(person) {
        const response = await get(person, "/exports/EXPORT-1.zip");
        const content = await response.text();
        if (response.status !== 200) return "denied";
        return content === world.thingsOf(person, "own").exported ? "granted" : "leak";
      },
    },
    ...(["approve", "refuse"] as const).map(
      (decision): Row => ({
        name: `POST /auth/device/${decision}`,
        places: ["own"],
        actions: ["apiKey:create"],
        async observe(person) {
          await world.forgetAttempts();
          const post = (path: string, body: object) =>
            fetch(`${world.changesUrl}/auth/device/${path}`, {
              method: "POST",
              headers: { "content-type": "application/json", origin: accountSettings.publicUrl.origin, ...person.headers },
              body: JSON.stringify(body),
            });
          const { user_code: code } = (await (await post("code", { client_id: "a program" })).json()) as { user_code: string };
          await (await post("describe", { code })).body?.cancel();
          const response = await post(decision, { code, workspaceId: person.home });
          await response.body?.cancel();
          return response.status === 200 ? "granted" : "denied";
        },
      }),
    ),
    {
      // Members with a session may create a key, and get a token.
      name: "POST /graphiql/token",
      places: ["own"],
      isExclusive: true,
      actions: ["apiKey:create"],
      async observe(person) {
        await world.forgetAttempts();
        const headers = { origin: accountSettings.publicUrl.origin, ...person.headers };
        const response = await fetch(`${world.changesUrl}/graphiql/token`, { method: "POST", headers });
        const { token } = (await response.json()) as { readonly token?: string | null };
        if (response.status === 200) return token == null ? "denied" : "granted";
        // A failure is no refusal: the request came as far as the audit log.
        return response.status < 500 ? "denied" : "unaudited";
      },
    },
    {
      name: "GET /uploads/ID/parts",
      places: everywhere,
      actions: ["upload:create"],
      async observe(person, place) {
        const { partUploads } = world.thingsOf(person, place);
        const id = partUploads[person.userId ?? ""] ?? Object.values(partUploads)[0] ?? noUpload;
        return outcomeOf(person, await get(person, `/uploads/${id}/parts`), place);
      },
    },
    {
      // Its address is all that a request needs, so the row is about the rights of who made the file.
      name: "HEAD /bulk-queries/ID",
      places: ["own"],
      actions: ["bulkQuery:inspect"],
      async observe(person) {
        const response = await world.bulkQueries.openFile(person, (address) => fetch(`${world.url}${address}`, { method: "HEAD" }));
        return response?.status === 200 ? "granted" : "denied";
      },
    },
    {
      name: "The rows of a bulk query",
      places: ["own"],
      isExclusive: true,
      actions: ["bulkQuery:start"],
      observe: async (person) => ((await world.bulkQueries.isAnswered(person)) ? "granted" : "denied"),
    },
    {
      name: "POST /graphql for an event stream",
      places: ["own"],
      actions: ["workspaceChange:read"],
      async observe(person) {
        const { nodes } = world.thingsOf(person, "other");
        const runIds = await follow(person, "runIds");
        if (runIds === null) return "denied";
        return runIds.includes(nodes.Run) ? "leak" : "granted";
      },
    },
    {
      name: "Subscription.workspaceChanges of bulk queries",
      places: ["own"],
      actions: ["workspaceChange:read", "bulkQuery:inspect"],
      async observe(person) {
        const ids = await follow(person, "bulkQueryIds");
        return ids?.includes(world.thingsOf(person, "own").nodes.BulkQuery) === true ? "granted" : "denied";
      },
    },
    {
      name: "POST /uploads",
      places: everywhere,
      actions: ["upload:create"],
      async observe(person, place) {
        const { form } = world.thingsOf(person, place);
        const headers = { ...person.headers, origin: accountSettings.publicUrl.origin };
        return outcomeOf(person, await postForm({ url: world.changesUrl, headers }, form, sentBytes), place, [204]);
      },
    },
  ];
}
