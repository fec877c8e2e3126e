/**
 * Keeps the system's processes: starts them in order, restarts a crashed one after a growing pause, or replaces it by its
 * standby, and stops them in reverse order, with a short grace each, then by force. Nothing survives a stop.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import { type Child, type ChildOptions, describeEnding, startChild } from "./child.ts";
import { Standby } from "./standby.ts";

export interface Service extends ChildOptions {
  readonly name: string;
  /** Grace between SIGTERM and SIGKILL. The sum over all services stays below ten seconds. */
  readonly secondsToStop: number;
  /** The first pause before a crashed process is restarted; each further one is twice as long. Default: 1. */
  readonly firstPauseSeconds?: number;
  /** The longest pause before a crashed process is restarted. Default: 30. */
  readonly longestPauseSeconds?: number;
  /**
   * Keeps a second process that has loaded its program and takes over when the first ends. It runs with
   * PAREIDOLIA_STANDBY=1 and waits for a message before it serves.
   */
  readonly standby?: boolean;
  /** Its stop is waited for even when people press Ctrl-C twice. */
  readonly neverRushed?: boolean;
  /** Resolves once it serves; rejects with a sentence when it cannot. */
  ready(signal: AbortSignal): Promise<void>;
}

interface Kept {
  readonly service: Service;
  readonly standby: Standby | null;
  child: Child;
}

const firstPauseSeconds = 1;
const longestPauseSeconds = 30;
/** The second pause when the first is 0, in milliseconds. */
const shortestPause = 250;
/** A process that lived this long had started well; the next pause is short again. */
const healthyAfter = 60_000;

export class Supervisor {
  private readonly kept: Kept[] = [];
  private readonly say: (line: string) => void;
  private readonly stopping = new AbortController();
  private readonly rush = new AbortController();
  private stopped: Promise<void> | null = null;

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  /** Starts a service and waits until it is ready. A service that ends before that fails the start. */
  async start(service: Service): Promise<void> {
    this.stopping.signal.throwIfAborted();
    const lastLines: string[] = [];
    const child = startChild({
      ...service,
      onLine(line) {
        lastLines.push(line);
        if (lastLines.length > 20) lastLines.shift();
        service.onLine(line);
      },
    });
    const standby = service.standby === true ? new Standby(() => startChild(asStandby(service))) : null;
    const kept = { service, child, standby };
    this.kept.push(kept);
    const early = child.ended.then((ending) => {
      throw new AppError(
        "UNAVAILABLE",
        `${service.name} ended while starting (${describeEnding(ending)}). It said:\n${lastLines.join("\n")}`,
      );
    });
    // Without a listener of its own it would count as unhandled once readiness has won or lost the race.
    early.catch(() => undefined);
    await Promise.race([service.ready(this.stopping.signal), early]);
    standby?.prepare();
    void this.keepAlive(kept);
  }

  /** Asks every process to end, last started first. Safe to call twice; the second call changes nothing. */
  stop(): Promise<void> {
    this.stopped ??= this.stopAll();
    return this.stopped;
  }

  /** Cuts every grace short. */
  hurry(): void {
    this.rush.abort();
  }

  private async keepAlive(kept: Kept): Promise<void> {
    const longestPause = (kept.service.longestPauseSeconds ?? longestPauseSeconds) * 1000;
    const firstPause = (kept.service.firstPauseSeconds ?? firstPauseSeconds) * 1000;
    let pause = firstPause;
    while (!this.stopping.signal.aborted) {
      const began = performance.now();
      const ending = await kept.child.ended;
      kept.child.killGroup();
      if (this.stopping.signal.aborted) return;
      if (performance.now() - began > healthyAfter) pause = firstPause;
      const crash = `! ${kept.service.name} ended (${describeEnding(ending)})`;
      const standby = kept.standby?.take();
      if (standby !== undefined && standby !== null) {
        kept.child = standby;
        this.say(`${crash}; its standby takes over`);
      } else {
        this.say(`${crash}; starting it again ${pause === 0 ? "at once" : `in ${pause / 1000} s`}`);
        await sleep(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined);
        if (this.stopping.signal.aborted) return;
        kept.child = startChild(kept.service);
      }
      pause = Math.min(Math.max(pause * 2, shortestPause), longestPause);
      void this.announceReturn(kept);
    }
  }

  /** Says when a process that was started again serves; one that ends before that is announced by `keepAlive` alone. */
  private async announceReturn({ service, child, standby }: Kept): Promise<void> {
    const ended = new AbortController();
    void child.ended.then(() => ended.abort());
    const signal = AbortSignal.any([this.stopping.signal, ended.signal]);
    try {
      await service.ready(signal);
      if (signal.aborted) return;
      this.say(`✓ ${service.name} is back`);
      standby?.prepare();
    } catch (error) {
      if (!signal.aborted) this.say(`! ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async stopAll(): Promise<void> {
    this.stopping.abort(new AppError("UNAVAILABLE", "stopped"));
    for (const { service, child, standby } of this.kept.toReversed()) {
      standby?.stop();
      child.signal("SIGTERM");
      const rush = service.neverRushed === true ? undefined : this.rush.signal;
      const grace = sleep(service.secondsToStop * 1000, undefined, rush === undefined ? { ref: false } : { signal: rush, ref: false });
      await Promise.race([child.ended, grace.catch(() => undefined)]);
      child.killGroup();
      await child.ended;
    }
  }
}

function asStandby(service: Service): Service {
  return { ...service, ipc: true, env: { ...service.env, PAREIDOLIA_STANDBY: "1" } };
}
