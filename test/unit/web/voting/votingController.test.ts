/** A voter's visit against a study in memory: nothing is lost or counted twice, whatever the network does. */
import { describe, expect, it } from "vitest";
import { noSecrets } from "../../../../apps/web/src/features/voting/sessionSecrets.ts";
import { FakeBallot, session, withdrawalCode } from "../../../support/fakeBallot.ts";
import { Device, joined, screen, timing } from "../../../support/votingDevice.ts";

describe("a visit", () => {
  it("leads from the consent through every trial to the end", async () => {
    const { study, device, controller } = await joined(3);
    for (const choice of [0, 1, 2]) await device.vote(controller, choice);
    expect(controller.state()).toMatchObject({ screen: "complete", current: null, pending: 0 });
    await controller.finish();
    expect(controller.state().screen).toBe("finished");
    expect([...study.votes.values()].map(({ answer }) => answer)).toEqual([{ choice: 0 }, { choice: 1 }, { choice: 2 }]);
    expect(device.secrets).toEqual({ session, withdrawalCode });
  });

  it("counts a double click once", async () => {
    const { study, device, controller } = await joined(3);
    const { presentation } = controller.state();
    controller.vote(presentation, { answer: { choice: 0 }, responseMs: 900, timing });
    controller.vote(presentation, { answer: { choice: 0 }, responseMs: 901, timing });
    await device.settle();
    expect([...study.votes.keys()]).toEqual([0]);
    expect(controller.state().current).toBe(1);
  });

  it("undoes an answer and a skip, one after the other", async () => {
    const { study, device, controller } = await joined(3);
    await device.vote(controller, 2);
    controller.vote(controller.state().presentation, { answer: { skipped: true }, responseMs: 400, timing });
    await device.settle();
    controller.undo();
    await device.settle();
    expect(controller.state().current).toBe(1);
    controller.undo();
    await device.settle();
    expect(controller.state().current).toBe(0);
    controller.undo();
    await device.settle();
    expect(study.undone).toEqual([1, 0]);
    await device.vote(controller, 1);
    expect(study.votes.get(0)?.answer).toEqual({ choice: 1 });
  });

  it("undoes the last answer before finishing", async () => {
    const { device, controller } = await joined(1);
    await device.vote(controller, 0);
    controller.undo();
    await device.settle();
    expect(controller.state()).toMatchObject({ screen: "voting", current: 0 });
  });

  it("reads more trials than one request returns", async () => {
    const { controller } = await joined(230);
    expect(controller.state().trials.size).toBe(230);
  });

  it.each([
    ["PAUSED", "paused"],
    ["CLOSED", "closed"],
    ["ARCHIVED", "closed"],
    ["DRAFT", "notOpen"],
  ] as const)("shows that a study is %s", async (state, shown) => {
    const study = new FakeBallot(3);
    study.state = state;
    expect((await new Device(study).open()).state().screen).toBe(shown);
  });

  it("says when no image needs another vote", async () => {
    const study = new FakeBallot(3);
    study.full = true;
    const device = new Device(study);
    const controller = await device.open();
    await controller.join({ language: "en", still: false, consentVersion: 3, screen });
    expect(controller.state().screen).toBe("full");
  });

  it("does not say that a study is full when it could not read why a voter was refused", async () => {
    const study = new FakeBallot(3);
    study.full = true;
    study.losesConnection = true;
    const controller = await new Device(study).open();
    await controller.join({ language: "en", still: false, consentVersion: 3, screen });
    expect(controller.state()).toMatchObject({ screen: "consent", problem: "NO_ANSWER" });
  });

  it("offers a retry when the ballot could not be read", async () => {
    const study = new FakeBallot(3);
    study.online = false;
    const device = new Device(study);
    const controller = await device.open();
    expect(controller.state().screen).toBe("failed");
    study.online = true;
    await controller.open();
    expect(controller.state().screen).toBe("consent");
  });
});

describe("a session", () => {
  it("continues with the next trial after a reload", async () => {
    const { device, controller } = await joined(3);
    await device.vote(controller, 0);
    controller.close();
    expect((await device.open()).state()).toMatchObject({ screen: "voting", current: 1 });
  });

  it("counts answers that waited in the outbox during a reload", async () => {
    const { study, device, controller } = await joined(4);
    study.online = false;
    await device.vote(controller, 0);
    await device.vote(controller, 1);
    controller.close();
    study.online = true;
    const reloaded = await device.open();
    expect(reloaded.state().current).toBe(2);
    expect([...study.votes.keys()]).toEqual([0, 1]);
  });

  it("continues on another device, and drops an answer that was recorded elsewhere", async () => {
    const { study, device, controller } = await joined(4);
    await device.vote(controller, 0);
    const other = new Device(study, device.secrets);
    const second = await other.open();
    expect(second.state().current).toBe(1);
    await other.vote(second, 1);
    await device.vote(controller, 2);
    expect(study.votes.get(1)?.answer).toEqual({ choice: 1 });
    expect(controller.state()).toMatchObject({ current: 2, dropped: "elsewhere", pending: 0 });
  });

  it("ends when its votes were withdrawn on another device", async () => {
    const { study, device, controller } = await joined(3);
    study.withdrawn = true;
    await device.vote(controller, 0);
    expect(controller.state().screen).toBe("ended");
    expect(await device.store.list()).toEqual([]);
    await controller.restart();
    expect(controller.state().screen).toBe("consent");
    expect(device.secrets).toEqual(noSecrets);
  });

  it("is forgotten when the voter withdraws", async () => {
    const { study, device, controller } = await joined(3);
    await device.vote(controller, 0);
    await controller.withdraw(null);
    expect(controller.state()).toMatchObject({ screen: "withdrawn", removed: 1 });
    expect(study.votes.size).toBe(0);
    expect(device.secrets).toEqual(noSecrets);
  });

  it("stays when a code is unknown", async () => {
    const { device, controller } = await joined(3);
    await controller.withdraw("0000 0000");
    expect(controller.state()).toMatchObject({ screen: "voting", problem: "NOT_FOUND" });
    expect(device.secrets.session).toBe(session);
  });
});

describe("a lost network", () => {
  it("lets the voter continue, and sends everything in order afterwards", async () => {
    const { study, device, controller } = await joined(3);
    study.online = false;
    await device.vote(controller, 0);
    await device.vote(controller, 1);
    expect(controller.state()).toMatchObject({ current: 2, pending: 2, waiting: true });
    controller.undo();
    await device.vote(controller, 2);
    await device.vote(controller, 0);
    expect(controller.state().screen).toBe("complete");
    study.online = true;
    controller.reconnect();
    await device.settle();
    expect(controller.state()).toMatchObject({ pending: 0, waiting: false });
    expect(study.undone).toEqual([1]);
    expect([...study.votes].map(([trial, { answer }]) => [trial, answer])).toEqual([
      [0, { choice: 0 }],
      [1, { choice: 2 }],
      [2, { choice: 0 }],
    ]);
  });

  it("sends a vote again whose answer was lost, and it counts once", async () => {
    const { study, device, controller } = await joined(3);
    study.answersToLose = 1;
    await device.vote(controller, 1);
    expect(controller.state()).toMatchObject({ pending: 1, waiting: true, current: 1 });
    await device.wait();
    expect(study.arrived.map(({ submissionId }) => submissionId)).toHaveLength(2);
    expect(new Set(study.arrived.map(({ submissionId }) => submissionId)).size).toBe(1);
    expect(controller.state()).toMatchObject({ pending: 0, current: 1, dropped: null });
  });

  it("continues after an undo whose answer was lost", async () => {
    const { study, device, controller } = await joined(3);
    await device.vote(controller, 1);
    study.answersToLose = 1;
    controller.undo();
    await device.settle();
    await device.vote(controller, 2);
    await device.wait();
    expect(controller.state()).toMatchObject({ pending: 0, current: 1 });
    expect(study.undone).toEqual([0]);
    expect(study.votes.get(0)?.answer).toEqual({ choice: 2 });
  });

  it("holds the end back until the outbox is empty", async () => {
    const { study, device, controller } = await joined(1);
    study.online = false;
    await device.vote(controller, 1);
    void controller.finish();
    await device.wait();
    expect(controller.state()).toMatchObject({ screen: "finishing", waiting: true });
    study.online = true;
    await device.wait();
    await device.wait();
    expect(controller.state().screen).toBe("finished");
    expect(study.votes.size).toBe(1);
  });

  it("shows no answered image again if another tab sends its vote while the trials are read", async () => {
    const { study, device, controller } = await joined(3);
    controller.close();
    const vote = { trial: 0, submissionId: "stored", votedAt: "2026-11-27T12:00:00.000Z", answer: { choice: 1 }, responseMs: 900, timing };
    await device.store.add({ kind: "vote", vote });
    const client = study.client();
    study.client = () => ({
      ...client,
      async readTrials(...request) {
        const trials = await client.readTrials(...request);
        await client.cast(device.secrets.session, [vote]);
        await device.store.remove((await device.store.list()).map(({ sequence }) => sequence));
        return trials;
      },
    });
    expect((await device.open()).state().current).toBe(1);
  });

  it("keeps votes while the study is paused", async () => {
    const { study, device, controller } = await joined(3);
    study.state = "PAUSED";
    await device.vote(controller, 1);
    expect(controller.state().screen).toBe("paused");
    study.state = "OPEN";
    await controller.open();
    await device.settle();
    expect(controller.state()).toMatchObject({ screen: "voting", current: 1, pending: 0 });
    expect(study.votes.get(0)?.answer).toEqual({ choice: 1 });
  });

  it("drops only the vote of a batch that is refused for good", async () => {
    const { study, device, controller } = await joined(4);
    study.online = false;
    for (const choice of [0, 1, 2]) await device.vote(controller, choice);
    study.refused.add(1);
    study.online = true;
    controller.reconnect();
    await device.settle();
    expect([...study.votes.keys()]).toEqual([0, 2]);
    expect(controller.state()).toMatchObject({ current: 1, pending: 0, dropped: "elsewhere" });
  });

  it("shows that the study closed before a vote arrived", async () => {
    const { study, device, controller } = await joined(3);
    study.close("2026-11-27T11:59:00.000Z");
    await device.vote(controller, 0);
    expect(controller.state()).toMatchObject({ screen: "closed", pending: 0 });
  });

  it("shows a voter who finishes too late that the study is closed", async () => {
    const { study, device, controller } = await joined(1);
    await device.vote(controller, 0);
    expect(controller.state().screen).toBe("complete");
    study.state = "CLOSED";
    await controller.finish();
    expect(controller.state()).toMatchObject({ screen: "closed", problem: null, voter: { answered: 1, finishedAt: null } });
  });

  it("shows that the study closed meanwhile", async () => {
    const { study, device, controller } = await joined(3);
    study.state = "CLOSED";
    await device.vote(controller, 0);
    expect(controller.state().screen).toBe("closed");
  });
});
