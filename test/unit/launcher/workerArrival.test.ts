import { watchForNewWorker } from "@pareidolia/launcher/workerArrival";
import { expect, it } from "vitest";

const answer = (...workers: (readonly [id: string, alive: boolean])[]) =>
  Response.json({ data: { workers: workers.map(([id, alive]) => ({ id, alive })) } });
const failure = () => Response.json({ errors: [{ message: "away" }], data: null }, { status: 503 });

it("takes a killed worker that still counts as alive for no answer, and the one after it for one", async () => {
  const arrived = watchForNewWorker();
  expect(await arrived(answer())).toBe(false);
  expect(await arrived(answer(["a", true]))).toBe(true);
  expect(await arrived(answer(["a", true]))).toBe(false);
  expect(await arrived(failure())).toBe(false);
  expect(await arrived(answer(["b", false], ["a", true]))).toBe(false);
  expect(await arrived(answer(["b", true], ["a", true]))).toBe(true);
});

it("does not mistake a worker of an earlier start for the first one", async () => {
  const arrived = watchForNewWorker();
  expect(await arrived(answer(["old", true]))).toBe(false);
  expect(await arrived(answer(["old", true], ["new", true]))).toBe(true);
});
