/** A voter whose place went to others: the page says so, and what was sent stays. */
import { expect, it } from "vitest";
import { joined } from "../../../support/votingDevice.ts";

it("a voter whose vote is refused since others have taken the place reads that, and keeps the votes that were sent", async () => {
  const { study, device, controller } = await joined(3);
  await device.vote(controller, 0);
  study.placeLost = true;
  await device.vote(controller, 1);
  expect(controller.state()).toMatchObject({ screen: "full", voter: { placeLost: true } });
  expect([...study.votes.keys()]).toEqual([0]);
});

it("a voter who returns after others have taken the place reads that at once", async () => {
  const { study, device, controller } = await joined(3);
  controller.close();
  study.placeLost = true;
  expect((await device.open()).state().screen).toBe("full");
});
