/** Steps that run in parallel: when each starts, and what a failure leaves undone. */
import { type OrderedStep, runSteps } from "@pareidolia/launcher/checks/runSteps";
import { expect, it } from "vitest";

/** Steps that end when told to, and the IDs of those that have started. */
function openSteps() {
  const started: string[] = [];
  const endings = new Map<string, { end(): void; fail(): void }>();
  const run = ({ id }: OrderedStep) =>
    new Promise<string>((resolve, reject) => {
      started.push(id);
      endings.set(id, { end: () => resolve(`${id} ended`), fail: () => reject(new Error(`${id} failed`)) });
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (id: string) => {
    endings.get(id)?.end();
    await settle();
  };
  return { started, run, end, settle, fail: (id: string) => endings.get(id)?.fail() };
}

const steps: readonly OrderedStep[] = [
  { id: "client" },
  { id: "packages" },
  { id: "documents" },
  { id: "rest", after: ["client", "packages"] },
  { id: "web", after: ["packages", "documents"] },
];

it("as many steps run as are allowed, each as soon as its predecessors have ended, and the results are in order", async () => {
  const { started, run, end } = openSteps();
  const results = runSteps(steps, 2, run);
  expect(started).toEqual(["client", "packages"]);
  await end("client");
  expect(started).toEqual(["client", "packages", "documents"]);
  await end("documents");
  expect(started).toHaveLength(3);
  // Nothing was ready when `documents` ended, but two steps are now.
  await end("packages");
  expect(started).toEqual(["client", "packages", "documents", "rest", "web"]);
  await end("web");
  await end("rest");
  expect(await results).toEqual(steps.map(({ id }) => `${id} ended`));
});

it("a failed step fails the whole, and no further step starts", async () => {
  const { started, run, fail, end } = openSteps();
  const results = runSteps(steps, 2, run);
  fail("packages");
  await expect(results).rejects.toThrow("packages failed");
  await end("client");
  expect(started).toEqual(["client", "packages"]);
});

it("no step is no work, and a step after one that is not in the list is an error", async () => {
  const { run } = openSteps();
  expect(await runSteps([], 2, run)).toEqual([]);
  await expect(runSteps([{ id: "web", after: ["missing"] }], 2, run)).rejects.toThrow("depend on steps that never run: web");
});
