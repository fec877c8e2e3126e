import { watchForNewWorker } from "@pareidolia/launcher/workerArrival";
import { expect, it } from "vitest";

const answer = (...workers: (readonly [id: string, alive: boolean])[]) =>
  Response.json({ data: { workers: workers.map(([id, alive]) => ({ id, alive })) } });
const failure = () => Response.json({ errors: [{ message: "away" }], data: null }, { status: 503 });

it("the launcher ignores a killed worker that still counts as alive, and detects its replacement", async () => {
  const arrived = watchForNewWorker();
  expect(await arrived(answer())).toBe(false);
  expect(await arrived(answer(["a", true]))).toBe(true);
  expect(await arrived(answer(["a", true]))).toBe(false);
  expect(await arrived(failure())).toBe(false);
  expect(await arrived(answer(["b", false], ["a", true]))).toBe(false);
  expect(await arrived(answer(["b", true], ["a", true]))).toBe(true);
});

it("the launcher ignores a worker of an earlier start", async () => {
  const arrived = watchForNewWorker();
  expect(await arrived(answer(["old", true]))).toBe(false);
  expect(await arrived(answer(["old", true], ["new", true]))).toBe(true);
});
