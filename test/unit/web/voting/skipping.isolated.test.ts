/** Which presses of S or Skip skip a trial: one after the image appeared, or after an image failed to load. */
import { type ComponentProps, createElement, type MouseEvent } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { englishTexts } from "../../../../apps/web/src/features/voting/englishTexts.ts";
import { advance, type Exposure, startExposure } from "../../../../apps/web/src/features/voting/exposureRecord.ts";
import { planFrames } from "../../../../apps/web/src/features/voting/framePlan.ts";
import type { CachedImage } from "../../../../apps/web/src/features/voting/imageCache.ts";
import type { PlayerFrame } from "../../../../apps/web/src/features/voting/PlayerFrame.tsx";
import { TrialPlayer } from "../../../../apps/web/src/features/voting/TrialPlayer.tsx";
import { trialOf } from "../../../support/fakeBallot.ts";

type PlayerFrameProps = ComponentProps<typeof PlayerFrame>;

const shown = vi.hoisted(() => ({ onSkip: [] as PlayerFrameProps["onSkip"][], exposures: [] as Exposure[] }));

vi.mock("../../../../apps/web/src/features/voting/PlayerFrame.tsx", () => ({
  PlayerFrame: ({ onSkip }: PlayerFrameProps) => {
    shown.onSkip.push(onSkip);
    return null;
  },
}));
vi.mock("../../../../apps/web/src/features/voting/useExposure.ts", () => ({ useExposure: () => ({ current: shown.exposures.shift() }) }));

const frameMs = 10;
const blank = advance(startExposure(planFrames(trialOf(0).timing, frameMs)), 1_000);
/** The image appears at 1,500. */
const image = advance(blank, 1_500);

interface Showing {
  readonly exposure: Exposure;
  readonly state?: "failed" | "loading" | "loaded";
  readonly answeredAt?: number;
}

/** The answers that presses at these times give to one trial. A key has no clicks. */
function presses({ exposure, state = "loaded", answeredAt }: Showing, times: readonly number[], clicks = 0): unknown[] {
  const trial = trialOf(0);
  const url = trial.images[0]?.url ?? "";
  const cached: CachedImage = state === "failed" ? { state } : { state: "loaded", source: "blob:image" };
  const answers: unknown[] = [];
  shown.exposures.push(exposure);
  const player = createElement(TrialPlayer, {
    trial,
    total: 3,
    texts: englishTexts,
    refresh: { frameMs, steady: true } as never,
    images: new Map(state === "loading" ? [] : [[url, cached]]),
    maskSeed: 1,
    undoable: null,
    note: null,
    answeredAt: answeredAt ?? null,
    countPresentation: (more: 0 | 1) => more,
    onAnswer: ({ answer }: { readonly answer: unknown }) => void answers.push(answer),
    onUndo: () => {},
    onLeave: () => {},
    onRetryImages: () => {},
  });
  renderToStaticMarkup(player);
  const onSkip = shown.onSkip.pop();
  for (const timeStamp of times) onSkip?.({ timeStamp, detail: clicks } as MouseEvent);
  return answers;
}

const skipped = { skipped: true };

it("two quick presses skip one trial, since the second falls into the blank of the next", () => {
  expect(presses({ exposure: image }, [1_600, 1_700])).toEqual([skipped]);
  expect(presses({ exposure: blank, answeredAt: 1_600 }, [1_700])).toEqual([]);
});

it("a press during the blank, or while the image loads, does not skip", () => {
  expect(presses({ exposure: blank }, [1_200])).toEqual([]);
  expect(presses({ exposure: startExposure(blank.plan), state: "loading" }, [1_200])).toEqual([]);
});

it("the second click of a double click on the trial before does not skip", () => {
  expect(presses({ exposure: image, answeredAt: 1_450 }, [1_550], 2)).toEqual([]);
  expect(presses({ exposure: image, answeredAt: 1_450 }, [1_550], 1)).toEqual([skipped]);
});

it("a trial whose image failed to load can be skipped once", () => {
  const failed = { exposure: startExposure(blank.plan), state: "failed" } as const;
  expect(presses(failed, [1_000, 1_100])).toEqual([skipped]);
});
