/** MinIO in Docker, of the version that docker/compose.yaml runs. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { S3Server } from "./s3Server.ts";

const run = promisify(execFile);
const pullTimeout = 100_000;
const startTimeout = 60_000;

async function readImage(): Promise<string> {
  const compose = await readFile(new URL("../../../docker/compose.yaml", import.meta.url), "utf8");
  const [, image] = /image: (minio\/minio:\S+)/.exec(compose) ?? [];
  if (image === undefined) throw new Error("docker/compose.yaml names no image of MinIO.");
  return image;
}

/** Whether a Docker daemon answers and has MinIO's image, or can pull it. */
export async function pullMinio(): Promise<boolean> {
  const answers = (args: readonly string[], timeout: number): Promise<boolean> =>
    run("docker", [...args], { timeout }).then(
      () => true,
      () => false,
    );
  if (!(await answers(["version", "--format", "{{.Server.Version}}"], 5_000))) return false;
  const image = await readImage();
  return (await answers(["image", "inspect", image], 10_000)) || answers(["pull", "--quiet", image], pullTimeout);
}

/** @throws Error if it does not answer. */
export async function startMinio({ port }: { readonly port: number }): Promise<S3Server> {
  const name = `pareidolia-s3-${process.pid}`;
  const [accessKey, secretKey] = ["tests", randomUUID()];
  const keys = ["--env", `MINIO_ROOT_USER=${accessKey}`, "--env", `MINIO_ROOT_PASSWORD=${secretKey}`];
  await run("docker", [
    "run",
    "--detach",
    "--rm",
    "--name",
    name,
    "--publish",
    `127.0.0.1:${port}:9000`,
    ...keys,
    await readImage(),
    "server",
    "/data",
  ]);
  const stop = async (): Promise<void> => void (await run("docker", ["stop", "--timeout", "5", name]));
  const endpoint = `http://127.0.0.1:${port}`;
  for (const until = performance.now() + startTimeout; performance.now() < until; await delay(100)) {
    // Refused until the server listens.
    const isReady = await fetch(`${endpoint}/minio/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return { endpoint, accessKey, secretKey, region: "us-east-1", stop };
  }
  await stop();
  throw new Error(`MinIO does not answer at ${endpoint}.`);
}
