/** Votes that a browser sends after the study has closed: what the voter did in time counts, as if it had arrived in time. */
import { describe, expect, it } from "vitest";
import { FakeBallot } from "../../../support/fakeBallot.ts";
import { Device, joined } from "../../../support/votingDevice.ts";

const closing = "2026-11-27T12:30:00.000Z";
const later = "2026-11-27T13:00:00.000Z";

async function answeredOffline(total: number) {
  const visit = await joined(total);
  visit.study.online = false;
  for (let trial = 0; trial < total; trial++) await visit.device.vote(visit.controller, trial);
  return visit;
}

/** The voter's page is opened again with a network, after the study has closed. */
async function returnAfterClosing(study: FakeBallot, device: Device) {
  study.close(closing);
  study.online = true;
  device.time = later;
  return device.open();
}

describe("a voter who answered every trial before the study closed", () => {
  it("has finished once the votes have arrived", async () => {
    const { study, device, controller } = await answeredOffline(3);
    controller.close();
    const returned = await returnAfterClosing(study, device);
    expect([...study.votes.keys()]).toEqual([0, 1, 2]);
    expect(returned.state()).toMatchObject({ screen: "finished", pending: 0, voter: { finishedAt: expect.any(String) } });
  });

  it("has finished if the votes had arrived, and only the end was missing", async () => {
    const { study, device, controller } = await joined(1);
    await device.vote(controller, 0);
    controller.close();
    expect((await returnAfterClosing(study, device)).state().screen).toBe("finished");
  });

  it("finishes later if the answer of the first attempt is lost", async () => {
    const { study, device, controller } = await joined(1);
    await device.vote(controller, 0);
    controller.close();
    const client = study.client();
    let attempts = 0;
    study.client = () => ({
      ...client,
      finish(given) {
        if (++attempts === 1) study.online = false;
        return client.finish(given);
      },
    });
    const returned = await returnAfterClosing(study, device);
    expect(returned.state().screen).toBe("closed");
    study.online = true;
    await device.wait();
    expect(returned.state().screen).toBe("finished");
  });

  it("reads that the study is closed if it takes no end any more", async () => {
    const { study, device, controller } = await joined(1);
    await device.vote(controller, 0);
    controller.close();
    study.state = "CLOSED";
    expect((await device.open()).state()).toMatchObject({ screen: "closed", problem: null, voter: { finishedAt: null } });
  });
});

describe("an answer that the voter replaced before the study closed", () => {
  it("is replaced, although the study has closed when the votes arrive", async () => {
    const { study, device, controller } = await joined(2);
    await device.vote(controller, 0);
    study.online = false;
    await device.vote(controller, 1);
    controller.undo();
    await device.settle();
    await device.vote(controller, 2);
    controller.close();
    const returned = await returnAfterClosing(study, device);
    expect(study.votes.get(1)?.answer).toEqual({ choice: 2 });
    expect(returned.state()).toMatchObject({ screen: "finished", pending: 0 });
  });

  it("stays if the voter took it back after the study had closed", async () => {
    const { study, device, controller } = await joined(2);
    study.online = false;
    await device.vote(controller, 1);
    device.time = later;
    controller.undo();
    await device.settle();
    controller.close();
    const returned = await returnAfterClosing(study, device);
    expect(study.votes.get(0)?.answer).toEqual({ choice: 1 });
    expect(returned.state()).toMatchObject({ screen: "closed", pending: 0 });
  });
});
