/** A voter's device in memory, for tests of visits to a study: what it stores survives a reload, which is a new controller. */
import { expect } from "vitest";
import type { KeptStep } from "../../apps/web/src/features/voting/keptStep.ts";
import type { OutboxStore } from "../../apps/web/src/features/voting/outbox.ts";
import { memoryStore } from "../../apps/web/src/features/voting/outboxStore.ts";
import { noSecrets, type SessionSecrets } from "../../apps/web/src/features/voting/sessionSecrets.ts";
import { VotingController } from "../../apps/web/src/features/voting/votingController.ts";
import { FakeBallot } from "./fakeBallot.ts";

export const timing = { shownMs: 900, maskMs: 0, frames: 54, droppedFrames: 0, refreshHz: 60, requestedMs: 0, presentations: 1 };
export const screen = { refreshHz: 60, steady: true, width: 390, height: 844, pixelRatio: 3, touch: true };

export class Device {
  readonly study: FakeBallot;
  secrets: SessionSecrets;
  step: KeptStep | null = null;
  /** ISO 8601. */
  time = "2026-11-27T12:00:00.000Z";
  readonly store: OutboxStore = memoryStore();
  #joinKey: string | null = null;
  #waiting: (() => void)[] = [];
  #last = Promise.resolve();
  #ids = 0;

  constructor(study: FakeBallot, secrets: SessionSecrets = noSecrets) {
    this.study = study;
    this.secrets = secrets;
  }

  async open(): Promise<VotingController> {
    const controller = new VotingController({
      client: this.study.client(),
      readSecrets: () => this.secrets,
      writeSecrets: (secrets) => {
        this.secrets = secrets;
      },
      removeSecrets: () => {
        this.secrets = noSecrets;
      },
      readStep: () => this.step,
      writeStep: (kept) => {
        this.step = kept;
      },
      joinKey: () => {
        this.#joinKey ??= `join-key-${++this.#ids}`;
        return this.#joinKey;
      },
      forgetJoinKey: () => {
        this.#joinKey = null;
      },
      openStore: async () => this.store,
      lock: (task) => {
        const run = this.#last.then(task);
        this.#last = run.catch(() => {});
        return run;
      },
      schedule: (task) => {
        this.#waiting.push(task);
        return () => {
          this.#waiting = this.#waiting.filter((each) => each !== task);
        };
      },
      jitter: () => 0,
      newId: () => `id-${++this.#ids}`,
      now: () => this.time,
    });
    await controller.open();
    await this.settle();
    return controller;
  }

  /** Lets every request finish, and the timers that are due now. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
  }

  /** Lets the time of all scheduled attempts come. */
  async wait(): Promise<void> {
    const due = this.#waiting;
    this.#waiting = [];
    for (const task of due) task();
    await this.settle();
  }

  async vote(controller: VotingController, choice: number): Promise<void> {
    controller.vote(controller.state().presentation, { answer: { choice }, responseMs: 900, timing });
    await this.settle();
  }
}

export async function joined(total: number): Promise<{ study: FakeBallot; device: Device; controller: VotingController }> {
  const study = new FakeBallot(total);
  const device = new Device(study);
  const controller = await device.open();
  expect(controller.state().screen).toBe("consent");
  await controller.join({ language: "en", still: false, consentVersion: 3, screen });
  await device.settle();
  controller.start();
  expect(controller.state()).toMatchObject({ screen: "voting", current: 0 });
  return { study, device, controller };
}
