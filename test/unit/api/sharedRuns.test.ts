/** Requests share work, and none gets a result of before it asked. */
import { SharedRuns } from "@pareidolia/api/http/sharedRuns";
import { expect, it } from "vitest";

function open() {
  const runs = new SharedRuns<number>();
  const finish: ((error?: Error) => void)[] = [];
  const work = () =>
    new Promise<number>((resolve, reject) => {
      const number = finish.length;
      finish.push((error) => (error === undefined ? resolve(number) : reject(error)));
    });
  return { finish, run: (key = "a") => runs.run(key, work) };
}

it("starts at once, and once more for all calls that arrive meanwhile", async () => {
  const { finish, run } = open();
  const [first, second, third] = [run(), run(), run()];
  expect(finish).toHaveLength(1);
  finish[0]?.();
  expect(await first).toBe(0);
  await expect.poll(() => finish.length).toBe(2);
  const fourth = run();
  finish[1]?.();
  expect(await Promise.all([second, third])).toEqual([1, 1]);
  await expect.poll(() => finish.length).toBe(3);
  finish[2]?.();
  expect(await fourth).toBe(2);
});

it("runs each key separately, and forgets it afterwards", async () => {
  const { finish, run } = open();
  const both = [run("a"), run("b")];
  expect(finish).toHaveLength(2);
  for (const each of finish) each();
  expect(await Promise.all(both)).toEqual([0, 1]);
  await Promise.resolve();
  const again = run("a");
  expect(finish).toHaveLength(3);
  finish[2]?.();
  expect(await again).toBe(2);
});

it("fails only the calls that share the failed run", async () => {
  const { finish, run } = open();
  const [first, second] = [run(), run()];
  finish[0]?.(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  await expect.poll(() => finish.length).toBe(2);
  finish[1]?.();
  expect(await second).toBe(1);
});
