/**
 * Supervises the system's processes: starts them in order, replaces a crashed process by its standby or restarts it after a
 * growing pause, and stops them in reverse order. Each gets a short grace period before it is killed.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import { type Child, type ChildOptions, describeEnding, startChild } from "./child.ts";
import { Standby } from "./standby.ts";

export interface Service extends ChildOptions {
  readonly name: string;
  /** Seconds between SIGTERM and SIGKILL. The sum over all services must stay below ten. */
  readonly secondsToStop: number;
  /** Pause before the first restart after a crash; it doubles with each further crash. Default: 1. */
  readonly firstPauseSeconds?: number;
  /** Longest pause before a restart. Default: 30. */
  readonly longestPauseSeconds?: number;
  /**
   * Runs a second process, which has loaded the program and takes over when the first ends. It starts with PAREIDOLIA_STANDBY=1
   * and waits for a message before it serves.
   */
  readonly standby?: boolean;
  /** A second Ctrl-C does not shorten the grace period. */
  readonly alwaysGraceful?: boolean;
  /** Resolves once the service is ready; rejects with a message for the user if it does not become ready. */
  ready(signal: AbortSignal): Promise<void>;
}

interface Supervised {
  readonly service: Service;
  readonly standby: Standby | null;
  child: Child;
}

const firstPauseSeconds = 1;
const longestPauseSeconds = 30;
/** The second pause when the first is 0, in milliseconds. */
const shortestPause = 250;
/** After this many milliseconds a process counts as healthy, and the next pause is short again. */
const healthyAfter = 60_000;

export class Supervisor {
  private readonly supervised: Supervised[] = [];
  private readonly say: (line: string) => void;
  private readonly stopping = new AbortController();
  private readonly graceEnded = new AbortController();
  private stopped: Promise<void> | null = null;

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  /** Starts a service and waits until it is ready. @throws AppError UNAVAILABLE if its process ends before that. */
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
    const supervised = { service, child, standby };
    this.supervised.push(supervised);
    const early = child.ended.then((ending) => {
      throw new AppError(
        "UNAVAILABLE",
        `${service.name} ended while starting (${describeEnding(ending)}). Its output:\n${lastLines.join("\n")}`,
      );
    });
    await Promise.race([service.ready(this.stopping.signal), early]);
    standby?.prepare();
    void this.keepAlive(supervised);
  }

  /** Stops every process, the last started first. A second call returns the same promise. */
  stop(): Promise<void> {
    this.stopped ??= this.stopAll();
    return this.stopped;
  }

  /** Ends the grace period of every service without `alwaysGraceful`. */
  endGracePeriods(): void {
    this.graceEnded.abort();
  }

  private async keepAlive(supervised: Supervised): Promise<void> {
    const maxPause = (supervised.service.longestPauseSeconds ?? longestPauseSeconds) * 1000;
    const firstPause = (supervised.service.firstPauseSeconds ?? firstPauseSeconds) * 1000;
    let pause = firstPause;
    while (!this.stopping.signal.aborted) {
      const began = performance.now();
      const ending = await supervised.child.ended;
      supervised.child.killGroup();
      if (this.stopping.signal.aborted) return;
      if (performance.now() - began > healthyAfter) pause = firstPause;
      const crash = `! ${supervised.service.name} ended (${describeEnding(ending)})`;
      const standby = supervised.standby?.take();
      if (standby !== undefined && standby !== null) {
        supervised.child = standby;
        this.say(`${crash}; its standby takes over`);
      } else {
        this.say(`${crash}; restarting ${pause === 0 ? "now" : `in ${pause / 1000} s`}`);
        await sleepUnlessAborted(pause, { signal: this.stopping.signal });
        if (this.stopping.signal.aborted) return;
        supervised.child = startChild(supervised.service);
      }
      pause = Math.min(Math.max(pause * 2, shortestPause), maxPause);
      void this.announceReturn(supervised);
    }
  }

  /** Prints a line once a restarted process is ready. If it ends before that, `keepAlive` prints the line. */
  private async announceReturn({ service, child, standby }: Supervised): Promise<void> {
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
    for (const { service, child, standby } of this.supervised.toReversed()) {
      standby?.stop();
      child.signal("SIGTERM");
      const signal = service.alwaysGraceful === true ? undefined : this.graceEnded.signal;
      const grace = sleepUnlessAborted(service.secondsToStop * 1000, signal === undefined ? { ref: false } : { signal, ref: false });
      await Promise.race([child.ended, grace]);
      child.killGroup();
      await child.ended;
    }
  }
}

function asStandby(service: Service): Service {
  return { ...service, ipc: true, env: { ...service.env, PAREIDOLIA_STANDBY: "1" } };
}

/** Ends early when the signal aborts. */
async function sleepUnlessAborted(milliseconds: number, options: { readonly signal?: AbortSignal; readonly ref?: boolean }): Promise<void> {
  try {
    await sleep(milliseconds, undefined, options);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
  }
}
