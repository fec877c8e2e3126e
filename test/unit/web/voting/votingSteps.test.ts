/** What a voter sees before the trials: the reason why there is no ballot, and the step that a reload returns to. */
import { describe, expect, it } from "vitest";
import { FakeBallot } from "../../../support/fakeBallot.ts";
import { Device, joined, screen } from "../../../support/votingDevice.ts";

describe("a study that the reader may not vote in", () => {
  it.each([
    ["UNAUTHENTICATED", "signedOut"],
    ["NO_WORKSPACE", "signedOut"],
    ["FORBIDDEN", "forbidden"],
    ["NO_ANSWER", "failed"],
  ] as const)("is distinguished from a server that does not answer: %s shows %s", async (code, expected) => {
    const study = new FakeBallot(3);
    study.refusal = code;
    const controller = await new Device(study).open();
    expect(controller.state().screen).toBe(expected);
    study.refusal = null;
    await controller.open();
    expect(controller.state().screen).toBe("consent");
  });
});

describe("the steps before the trials", () => {
  const screenAfterReload = async (device: Device) => (await device.open()).state();

  it("stay the same after a reload, until the trials have begun", async () => {
    const study = new FakeBallot(3);
    const device = new Device(study);
    const controller = await device.open();
    await controller.join({ language: "en", still: false, consentVersion: 3, screen });
    await device.settle();
    expect(await screenAfterReload(device)).toMatchObject({ screen: "instructions", current: 0 });
    const reloaded = await device.open();
    reloaded.practise();
    expect((await screenAfterReload(device)).screen).toBe("practice");
    const practising = await device.open();
    practising.start();
    expect(practising.state()).toMatchObject({ screen: "voting", current: 0 });
    expect((await screenAfterReload(device)).screen).toBe("voting");
  });

  it("are not those of another voter of the device", async () => {
    const { device } = await joined(3);
    device.step = { pseudonym: "another", step: "instructions" };
    expect((await screenAfterReload(device)).screen).toBe("voting");
  });

  it("are forgotten with the session", async () => {
    const study = new FakeBallot(3);
    const device = new Device(study);
    const controller = await device.open();
    await controller.join({ language: "en", still: false, consentVersion: 3, screen });
    await device.settle();
    expect(device.step).not.toBeNull();
    await controller.withdraw(null);
    expect(device.step).toBeNull();
  });
});

describe("two tabs that show the consent", () => {
  const request = { language: "en", still: false, consentVersion: 3, screen };
  const openTabs = async () => {
    const study = new FakeBallot(3);
    const device = new Device(study);
    const first = await device.open();
    const second = await device.open();
    expect([first.state().screen, second.state().screen]).toEqual(["consent", "consent"]);
    return { study, device, first, second };
  };

  it("are one voter, and the second continues where the first one stopped", async () => {
    const { study, device, first, second } = await openTabs();
    await first.join(request);
    await device.settle();
    first.start();
    await device.vote(first, 1);
    await second.join(request);
    await device.settle();
    expect(study.joinKeys.size).toBe(1);
    expect(second.state()).toMatchObject({ screen: "voting", current: 1 });
  });

  it("are one voter if both join at once", async () => {
    const { study, device, first, second } = await openTabs();
    await Promise.all([first.join(request), second.join(request)]);
    await device.settle();
    expect(study.joinKeys.size).toBe(1);
    expect([first.state().screen, second.state().screen]).toEqual(["instructions", "instructions"]);
  });

  it("let the second join if the first could not", async () => {
    const { study, device, first, second } = await openTabs();
    study.online = false;
    await first.join(request);
    expect(first.state()).toMatchObject({ screen: "consent", problem: "NO_ANSWER" });
    study.online = true;
    await second.join(request);
    await device.settle();
    expect(second.state().screen).toBe("instructions");
  });
});
