/**
 * A client of the stack in a separate process, since published ports may be in another network: `client.ts URL evolve SEED...` starts
 * concurrent evolutions on MNIST and waits for them, `client.ts URL look ID` reads a finished one, `client.ts URL own TOKEN` creates the
 * owner, as whom the others sign in. Prints JSON.
 */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

export interface FinishedRun {
  readonly id: string;
  readonly state: string;
  readonly archiveHash: string | null;
  readonly median: number | null;
  readonly elites: number;
  /** Whether the bytes of the first elite's image match its hash. */
  readonly imageIsIntact: boolean;
}

export interface Evolved {
  readonly runs: readonly FinishedRun[];
  readonly seconds: number;
  /** Machines whose workers computed a run. */
  readonly hosts: readonly string[];
}

const timeoutSeconds = 300;
const generations = 200;
const ended = new Set(["SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"]);
const [url = "", task, ...given] = process.argv.slice(2);

const account = { email: "owner@lab.example", password: process.env["PAREIDOLIA_CONTAINERS_PASSWORD"] ?? "" };

function postAccount(path: string, body: object): Promise<Response> {
  const headers = { "content-type": "application/json", origin: new URL(url).origin };
  return fetch(`${url}/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

async function own(token: string): Promise<{ status: number }> {
  const { status } = await postAccount("/owner", { token, name: "owner", ...account });
  return { status };
}

async function signIn(): Promise<string> {
  const response = await postAccount("/sign-in/email", account);
  if (!response.ok) throw new Error(`The owner cannot sign in: ${response.status}.`);
  return response.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
}

const cookie = task === "own" ? "" : await signIn();

/** With this token, a session may send any document, as GraphiQL does. */
async function readExplorerToken(): Promise<string> {
  const response = await fetch(`${url}/graphiql/token`, { method: "POST", headers: { cookie } });
  if (!response.ok) throw new Error(`The owner gets no token for the explorer: ${response.status}.`);
  return ((await response.json()) as { token: string }).token;
}

const explorerToken = task === "own" ? "" : await readExplorerToken();

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie, "x-explorer-token": explorerToken },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
  if (data == null || errors !== undefined) throw new Error(`${response.status}: ${errors?.map(({ message }) => message).join("; ")}`);
  return data;
}

const createExperiment = `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) {
  ... on CreateExperimentSuccess { experiment { id } } ... on Error { message } } }`;
const startEvolution = `mutation ($input: StartEvolutionInput!) { startEvolution(input: $input) {
  ... on StartEvolutionSuccess { run { id } } ... on Error { message } } }`;
const runById = `query ($id: ID!) { node(id: $id) { ... on Run { id state archiveHash median worker { host } } } }`;
const elitesOf = `query ($id: ID!) { elites(filter: { runId: $id, current: true }, first: 1) { totalCount nodes { image { sha256 url } } } }`;

interface RunNode extends Pick<FinishedRun, "id" | "state" | "archiveHash" | "median"> {
  readonly worker: { readonly host: string } | null;
}

const findRun = async (id: string): Promise<RunNode> => (await ask<{ node: RunNode }>(runById, { id })).node;

async function look(id: string): Promise<FinishedRun> {
  const { state, archiveHash, median } = await findRun(id);
  const { elites } = await ask<{ elites: { totalCount: number; nodes: { image: { sha256: string; url: string } }[] } }>(elitesOf, { id });
  const image = elites.nodes[0]?.image;
  const bytes =
    image === undefined
      ? new Uint8Array()
      : new Uint8Array(await (await fetch(new URL(image.url, url), { headers: { cookie } })).arrayBuffer());
  const imageIsIntact = createHash("sha256").update(bytes).digest("hex") === image?.sha256;
  return { id, state, archiveHash, median, elites: elites.totalCount, imageIsIntact };
}

async function start(seed: number): Promise<string> {
  const { models } = await ask<{ models: { nodes: { id: string; slug: string }[] } }>("{ models(first: 50) { nodes { id slug } } }");
  const experiment = await ask<{ createExperiment: { experiment?: { id: string }; message?: string } }>(createExperiment, {
    input: { name: "MNIST in containers", idempotencyKey: "containers" },
  });
  const input = {
    experimentId: experiment.createExperiment.experiment?.id,
    modelId: models.nodes.find(({ slug }) => slug === "lenet")?.id,
    encoding: "direct",
    preset: "paper",
    seed,
    generations,
  };
  const { startEvolution: answer } = await ask<{ startEvolution: { run?: { id: string }; message?: string } }>(startEvolution, { input });
  if (answer.run === undefined) throw new Error(`The run was refused: ${answer.message}`);
  return answer.run.id;
}

async function evolve(seeds: readonly number[]): Promise<Evolved> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const ids = await Promise.all(seeds.map(start));
  const hosts = new Set<string>();
  for (let waiting = [...ids]; waiting.length > 0; ) {
    const runs = await Promise.all(waiting.map(findRun));
    for (const { worker } of runs) if (worker !== null) hosts.add(worker.host);
    waiting = runs.filter(({ state }) => !ended.has(state)).map(({ id }) => id);
    if (seconds() > timeoutSeconds) throw new Error(`${waiting.length} runs did not end within ${timeoutSeconds} s.`);
    await sleep(200);
  }
  const took = seconds();
  return { runs: await Promise.all(ids.map(look)), seconds: took, hosts: [...hosts] };
}

const tasks: Readonly<Record<string, () => Promise<unknown>>> = {
  evolve: () => evolve(given.map(Number)),
  look: () => look(given[0] ?? ""),
  own: () => own(given[0] ?? ""),
};
console.log(JSON.stringify(await tasks[task ?? ""]?.()));
