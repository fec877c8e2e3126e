"use client";
/** A voter's first ten trials, built from the plan as they would be for a real voter. Answers are not kept and not sent. */
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { useMemo, useState } from "react";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import type { BallotImage } from "../voting/ballot.ts";
import { textsIn } from "../voting/votingTexts.ts";
import { PreviewedScreen, type PreviewStep } from "./PreviewedScreen.tsx";
import { labelName, previewedTrial } from "./previewedTrial.ts";
import styles from "./VoterPreview.module.css";

const previewedTrials = 10;
const previewedVoters = 8;
const steps = ["blank", "image", "mask", "answer"] as const satisfies readonly PreviewStep[];
const stepNames: Readonly<Record<PreviewStep, string>> = { blank: "Blank", image: "Image", mask: "Mask", answer: "Answer" };
/** Of the screens, in CSS pixels. */
const heights = { phone: 580, desktop: 480 } as const;

interface VoterPreviewProps {
  /** Null for a draft of which no trial can be shown. */
  readonly plan: StudyPlan | null;
  readonly images: readonly StudyImageRowFragment[];
}

/** Null if the plan lacks what its trials need. */
function findTrials(plan: StudyPlan | null, voter: number): readonly Trial[] | null {
  if (plan === null) return null;
  try {
    return buildTrials(plan.rules.design, { seed: plan.seed, voter });
  } catch {
    return null;
  }
}

export function VoterPreview({ plan, images }: VoterPreviewProps) {
  const [device, setDevice] = useState<"phone" | "desktop">("phone");
  const [voter, setVoter] = useState(0);
  const [number, setNumber] = useState(0);
  const [step, setStep] = useState<PreviewStep>("answer");
  const trials = useMemo(() => findTrials(plan, voter), [plan, voter]);
  const byHash = useMemo(() => new Map<string, BallotImage>(images.map(({ image }) => [image.sha256, image])), [images]);
  const language = plan?.languages[0] ?? "en";
  const most = Math.min(previewedTrials, trials?.length ?? 0);
  const shown = Math.min(number, Math.max(0, most - 1));
  const trial = trials?.[shown];
  const timing = trial === undefined ? undefined : plan?.rules.design.phases[trial.phase]?.timing;
  const available = steps.filter(
    (each) =>
      timing !== undefined &&
      (each === "answer" ||
        (each === "image" && timing.imageMs > 0) ||
        (each === "blank" && timing.blankMs > 0) ||
        (each === "mask" && timing.maskMs > 0)),
  );
  const now = available.includes(step) ? step : "answer";
  const go = (next: number) => {
    setNumber(Math.max(0, Math.min(most - 1, next)));
    setStep("answer");
  };
  return (
    <section aria-labelledby="study-preview">
      <div className="sectionHead">
        <h2 id="study-preview">As a voter</h2>
        <span role="group" aria-label="Screen">
          {(["phone", "desktop"] as const).map((each) => (
            <button
              key={each}
              type="button"
              className={toolButtonStyles.toolButton}
              aria-pressed={device === each}
              onClick={() => setDevice(each)}
            >
              {each === "phone" ? "Phone" : "Desktop"}
            </button>
          ))}
        </span>
      </div>
      {trial === undefined || plan === null || trials === null ? (
        <p className="second">Trials appear here as soon as the study has images and what its template needs of them.</p>
      ) : (
        <>
          <div
            className={`${styles.screen} ${styles[device] ?? ""}`}
            lang={language}
            role="group"
            aria-label={`Trial ${shown + 1} of ${trials.length}, as voters see it`}
          >
            <PreviewedScreen
              key={`${voter} ${shown} ${language}`}
              trial={previewedTrial(plan, trial, { language, images: byHash })}
              total={trials.length}
              texts={textsIn(language)}
              step={now}
              height={heights[device]}
              onAnswer={() => go(shown + 1)}
              onUndo={() => go(shown - 1)}
            />
          </div>
          <div className={styles.under}>
            <span role="group" aria-label="Part of the trial">
              {available.map((each) => (
                <button
                  key={each}
                  type="button"
                  className={toolButtonStyles.toolButton}
                  aria-pressed={now === each}
                  onClick={() => setStep(each)}
                >
                  {stepNames[each]}
                </button>
              ))}
            </span>
            <button
              type="button"
              className={toolButtonStyles.toolButton}
              onClick={() => {
                setVoter((voter + 1) % previewedVoters);
                go(0);
              }}
            >
              Another voter
            </button>
          </div>
          <p className="t12 muted" aria-live="polite">
            {describeTrial(plan, trial)} No vote leaves this preview.
            {most < trials.length ? ` It has the first ${most} trials.` : ""}
          </p>
        </>
      )}
    </section>
  );
}

const roles: Readonly<Record<Trial["role"], string>> = {
  counted: "",
  gold: "A gold photograph.",
  noise: "Noise, a catch trial.",
  canary: "A canary.",
  repeat: "An image for the second time.",
};

/** What only the researcher sees: the machine's answer, and the role of a check. */
function describeTrial(plan: StudyPlan, { role, target, screen, options }: Trial): string {
  if (role !== "counted") return roles[role];
  const option = target === null ? undefined : options[target];
  if (option === undefined) return "No answer is right.";
  const isImage = screen.images.length > 1;
  return isImage
    ? `The machine's image is number ${(target ?? 0) + 1}.`
    : screen.labels.length === 0
      ? ""
      : `The machine's label is ${labelName(plan, plan.languages[0] ?? "", option)}.`;
}
