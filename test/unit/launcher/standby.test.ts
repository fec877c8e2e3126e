import type { Child } from "@pareidolia/launcher/processes/child";
import { Standby } from "@pareidolia/launcher/processes/standby";
import { expect, it, vi } from "vitest";

/** Processes that end when told to. */
function openStandby() {
  const started: { readonly child: Child; readonly end: () => void; readonly sent: unknown[] }[] = [];
  const spawn = (): Child => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const sent: unknown[] = [];
    const child = { ended, send: (message: unknown) => sent.push(message), killGroup: end } as unknown as Child;
    started.push({ child, end, sent });
    return child;
  };
  return { standby: new Standby(spawn, 1), started };
}

it("is replaced when it ends before it was needed, again and again", async () => {
  const { standby, started } = openStandby();
  standby.prepare();
  for (let ended = 0; ended < 4; ended++) {
    started[ended]?.end();
    await vi.waitFor(() => expect(started).toHaveLength(ended + 2), { timeout: 20_000 });
  }
  expect(standby.take()).toBe(started[4]?.child);
  expect(started[4]?.sent).toEqual(["take over"]);
  standby.stop();
});

it("is not replaced once it serves or is stopped", async () => {
  const { standby, started } = openStandby();
  standby.prepare();
  const serving = standby.take();
  started[0]?.end();
  await serving?.ended;
  standby.prepare();
  standby.stop();
  await started[1]?.child.ended;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(started).toHaveLength(2);
});
