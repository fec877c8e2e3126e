/**
 * Tests run anywhere: a part of every room's tests in a clone with no neighbour, an empty home folder and an empty cache, as root and as an
 * ordinary user. Without a network, tests whose files have to be downloaded are skipped with the reason.
 */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { canReach, type DatabaseUser, runAs } from "@pareidolia/launcher/postgres/databaseUser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LoneClone, makeLoneClone } from "../support/loneClone.ts";
import { skippedFor } from "../support/skippedFor.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

/** The shortest file of unit tests of each room, and of the other stages the files that need what a clone lacks. */
function listParts(): readonly (readonly string[])[] {
  const rooms = readdirSync(path.join(root, "test/unit"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const shortest = rooms.map(({ name }) => {
    const folder = path.join(root, "test/unit", name);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));
    const sizes = files.map((file) => ({ place: `test/unit/${name}/${file}`, bytes: statSync(path.join(folder, file)).size }));
    return sizes.reduce((least, each) => (each.bytes < least.bytes ? each : least)).place;
  });
  return [
    // MNIST has a public address, SqueezeNet has none.
    [
      ...shortest,
      "test/unit/classifiers/retraining.test.ts",
      "test/contracts/classifiers/squeezenet.test.ts",
      "test/contracts/ascent/digits.test.ts",
    ],
    // A database, an S3 server, workers, and photographs with a public address.
    ["api/sweepOrder", "jobs/queue", "launcher/auditLogs", "persistence/linkImagesMigration", "workers/s3Run", "workers/samplePhotos"].map(
      (name) => `test/integration/${name}.test.ts`,
    ),
  ];
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
      readonly meta: { readonly reason?: string };
    }[];
  }[];
}

const isRoot = process.getuid?.() === 0;

/** PostgreSQL and npm need a user with an entry in the list of users. Null if there is none. */
function findOrdinaryUser(): DatabaseUser | null {
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const [name, , uid, gid] = users.find(([each]) => each === "nobody") ?? [];
  return name === undefined ? null : { name, uid: Number(uid), gid: Number(gid) };
}

/** The installed packages of the clone lead here. */
function whyNotAs(user: DatabaseUser | null): string | null {
  if (user === null) return "This system has no user `nobody`.";
  return canReach(user, process.execPath) && canReach(user, path.join(root, "package.json"))
    ? null
    : `The user ${user.name} cannot enter ${root}.`;
}

type TestFile = Report["testResults"][number];

async function runTests({ clone, home }: LoneClone, user: { readonly uid?: number; readonly gid?: number }): Promise<readonly TestFile[]> {
  const names = ["PATH", "LANG", "TZ", "PAREIDOLIA_TEST_COMPILED"];
  const kept = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const env = { ...Object.fromEntries(kept), HOME: home, NO_COLOR: "1", CI: "true" };
  const file = path.join(home, "report.json");
  const args = ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const found: TestFile[] = [];
  for (const part of listParts()) {
    await rm(file, { force: true });
    // It exits with an error if a test fails; the report says which.
    const options = { cwd: clone, env, maxBuffer: 2 ** 26, ...user };
    const { stdout, stderr } = await run(process.execPath, [...args, ...part], options).catch((error) => error);
    const { testResults } = JSON.parse(await readFile(file, "utf8").catch(() => `{"testResults":[]}`)) as Report;
    if (testResults.length !== part.length)
      throw new Error(`Vitest ran ${testResults.length} of ${part.length} files.\n${stdout}\n${stderr}`);
    found.push(...testResults);
  }
  return found;
}

function expectNoFailure(files: readonly TestFile[]): void {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === "failed");
  expect(failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]}`)).toEqual([]);
  expect(files.filter(({ status }) => status === "failed").map(({ name, message }) => `${name}: ${message}`)).toEqual([]);
  expect(tests.filter(({ status }) => status === "passed").length).toBeGreaterThan(60);
  const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed");
  expect(skipped.filter(({ meta }) => meta.reason === undefined).map(({ fullName }) => fullName)).toEqual([]);
  expect(skipped.map(({ meta }) => meta.reason)).toContain("models/squeezenet1_0.onnx could not be downloaded. It has no public address.");
}

describe("in a clone with no neighbour and an empty cache", () => {
  let lone: LoneClone;
  beforeAll(async () => {
    lone = await makeLoneClone();
  }, 120_000);
  afterAll(() => rm(lone.folder, { recursive: true, force: true }));

  it("a part of every room's tests pass as root", skippedFor(isRoot ? null : "not root"), async () => {
    expectNoFailure(await runTests(lone, {}));
  });

  const other = isRoot ? findOrdinaryUser() : null;
  it("a part of every room's tests pass as an ordinary user", skippedFor(isRoot ? whyNotAs(other) : null), async () => {
    if (other !== null) {
      // What the tests of root have left would not be the user's.
      await rm(path.join(lone.clone, "test/results"), { recursive: true, force: true });
      await rm(path.join(lone.clone, ".pareidolia"), { recursive: true, force: true });
      await run("chown", ["-R", `${other.uid}:${other.gid}`, lone.folder]);
    }
    expectNoFailure(await runTests(lone, runAs(other)));
  });
});
