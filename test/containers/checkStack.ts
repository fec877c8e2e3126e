/**
 * Starts docker/compose.yaml unchanged, evolves on MNIST through the published port, restarts the stack, scales to two workers, and
 * removes everything.
 */
import type { Evolved, FinishedRun } from "./client.ts";
import { asClient, type Container, compose, containersOf, waitFor } from "./docker.ts";
import type { Row } from "./row.ts";

const services = ["postgres", "minio", "api", "web", "worker"] as const;
const startSeconds = 180;

export async function checkStack(say: (line: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  const add = (name: string, figure: string, bar: string, holds: boolean): void => {
    rows.push({ name, figure, bar, holds });
    say(`${holds ? "✓" : "✗"} ${name}: ${figure}`);
  };
  try {
    await compose("down", "--volumes", "--remove-orphans");
    add("first start until all are healthy", ...(await start(1)));
    add("database set up", ...(await setUpSeconds()));
    await addSettings(add);
    add("owner account by the printed link", ...(await createOwner()));

    const first = await asClient<Evolved>("evolve", "1");
    const [run] = first.runs;
    add("MNIST run through the published port", ...outcomeOf(first));

    const began = performance.now();
    await compose("stop");
    const stopped = (await Promise.all(services.map(containersOf))).flat();
    const codes = stopped.map(({ State }) => State.ExitCode);
    const killed = codes.filter((code) => code === 137).length;
    add("stop", `${seconds(began)}, exit codes ${codes.join(" ")}`, "none killed", killed === 0);

    add("second start until all are healthy", ...(await start(1)));
    add("database set up again", ...(await setUpSeconds()));
    const again = await asClient<FinishedRun>("look", run?.id ?? "");
    add(
      "the run after the restart",
      again.archiveHash === run?.archiveHash ? `same archive, image ${again.imageIsIntact ? "intact" : "damaged"}` : "another archive",
      "same archive, image intact",
      again.archiveHash !== null && again.archiveHash === run?.archiveHash && again.imageIsIntact,
    );
    const repeated = await asClient<Evolved>("evolve", "1");
    add(
      "the same seed after the restart",
      repeated.runs[0]?.archiveHash === run?.archiveHash ? "same archive" : "another archive",
      "same archive",
      repeated.runs[0]?.archiveHash != null && repeated.runs[0].archiveHash === run?.archiveHash,
    );

    add("start of a second worker", ...(await start(2)));
    const both = await asClient<Evolved>("evolve", "2", "3", "4", "5");
    add("four runs on two workers", ...outcomeOf(both));
    add("workers that computed one of them", String(both.hosts.length), "2", both.hosts.length === 2);
    return rows;
  } catch (error) {
    say(await compose("logs", "--tail=40").catch(() => "no logs"));
    throw error;
  } finally {
    await compose("down", "--volumes", "--remove-orphans").catch((error: unknown) =>
      say(`The stack could not be removed: ${String(error)}`),
    );
  }
}

type Outcome = [figure: string, bar: string, holds: boolean];

async function createOwner(): Promise<Outcome> {
  const link = await compose("run", "--rm", "-T", "database", "node", "apps/launcher/dist/printOwnerLink.js");
  const token = /\/first\/([\w-]+)/.exec(link)?.[1] ?? "";
  const { status } = await asClient<{ status: number }>("own", token);
  return [`status ${status}`, "status 201", status === 201];
}

async function start(workers: number): Promise<Outcome> {
  const began = performance.now();
  await compose("up", "--detach", "--no-build", "--scale", `worker=${workers}`);
  await waitFor("The start", startSeconds, async () => {
    const states = await Promise.all(services.map(async (service) => ({ service, containers: await containersOf(service) })));
    const missing = states.flatMap(({ service, containers }) => {
      const wanted = service === "worker" ? workers : 1;
      const healthy = containers.filter(isHealthy).length;
      return healthy === wanted ? [] : [`${service} ${healthy} of ${wanted} healthy`];
    });
    return missing.length === 0 ? null : missing.join(", ");
  });
  return [seconds(began), `<= ${startSeconds} s`, true];
}

const isHealthy = ({ State }: Container): boolean => State.Status === "running" && State.Health?.Status === "healthy";

/** Checks the set-up time: without a network, it must not wait for downloads. */
async function setUpSeconds(): Promise<Outcome> {
  const [database] = await containersOf("database");
  if (database === undefined) return ["not started", "<= 15 s", false];
  const { StartedAt, FinishedAt, ExitCode } = database.State;
  const took = (Date.parse(FinishedAt) - Date.parse(StartedAt)) / 1000;
  return [`${took.toFixed(1)} s, exit code ${ExitCode}`, "<= 15 s, exit code 0", ExitCode === 0 && took <= 15];
}

async function addSettings(add: (name: string, ...outcome: Outcome) => void): Promise<void> {
  const all = (await Promise.all(services.map(containersOf))).flat();
  const policies = all.map(({ HostConfig }) => HostConfig.RestartPolicy.Name);
  add(
    "restart policies",
    policies.join(" "),
    "unless-stopped",
    policies.every((policy) => policy === "unless-stopped"),
  );
  const [worker] = await containersOf("worker");
  const data = worker?.Mounts.find(({ Destination }) => Destination === "/data");
  add("/data of the worker", data?.Name ?? "no volume", 'the volume "data"', data?.Name?.endsWith("_data") === true);
}

function outcomeOf({ runs, seconds: took }: Evolved): Outcome {
  const successful = runs.filter(({ state, elites, imageIsIntact }) => state === "SUCCEEDED" && elites === 10 && imageIsIntact);
  const [first] = runs;
  const figure = `${successful.length} of ${runs.length} with 10 elites, median confidence ${first?.median?.toFixed(4)}, ${took.toFixed(1)} s`;
  return [figure, "all succeeded, images intact", successful.length === runs.length];
}

function seconds(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
