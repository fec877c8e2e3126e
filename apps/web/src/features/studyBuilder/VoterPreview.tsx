"use client";
/** A voter's first ten trials, built from the plan as they would be for a real voter. Answers are not kept and not sent. */
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { useMemo, useState } from "react";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import { splitLabel } from "../marks/labels.ts";
import type { PixelSource } from "../marks/pixelSource.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { buttonsOf, choosesImage, questionOf } from "./trialQuestion.ts";
import styles from "./VoterPreview.module.css";

const previewedTrials = 10;
const previewedVoters = 8;
const steps = ["Blank", "Image", "Mask", "Answer"] as const;
type Step = (typeof steps)[number];

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
  const [step, setStep] = useState<Step>("Answer");
  const trials = useMemo(() => findTrials(plan, voter), [plan, voter]);
  const most = Math.min(previewedTrials, trials?.length ?? 0);
  const shown = Math.min(number, Math.max(0, most - 1));
  const trial = trials?.[shown];
  const timing = trial === undefined ? undefined : plan?.rules.design.phases[trial.phase]?.timing;
  const available = steps.filter(
    (each) =>
      timing !== undefined &&
      (each === "Answer" ||
        (each === "Image" && timing.imageMs > 0) ||
        (each === "Blank" && timing.blankMs > 0) ||
        (each === "Mask" && timing.maskMs > 0)),
  );
  const now = available.includes(step) ? step : "Answer";
  const go = (next: number) => {
    setNumber(Math.max(0, Math.min(most - 1, next)));
    setStep("Answer");
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
            role="group"
            aria-label={`Trial ${shown + 1} of ${trials.length}, as voters see it`}
          >
            <span className={styles.progress} aria-hidden="true">
              <i style={{ width: `${((shown + 1) / trials.length) * 100}%` }} />
            </span>
            <div className={styles.top}>
              <span>Leave</span>
              <span className="n12">
                {shown + 1} / {trials.length}
              </span>
            </div>
            <TrialScreen plan={plan} trial={trial} images={images} step={now} onAnswer={() => go(shown + 1)} />
            <div className={styles.foot}>
              <button type="button" disabled={shown === 0} onClick={() => go(shown - 1)}>
                Undo
              </button>
              <button type="button" onClick={() => go(shown + 1)}>
                Skip
              </button>
            </div>
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
                  {each}
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

function nameIn(plan: StudyPlan, label: number): string {
  const names = plan.labelNames[plan.languages[0] ?? ""] ?? [];
  return splitLabel(names[plan.rules.design.labels.indexOf(label)] ?? `class ${label}`).name;
}

const roles: Readonly<Record<Trial["role"], string>> = {
  counted: "",
  gold: "A gold photograph.",
  noise: "Noise, a catch trial.",
  canary: "A canary.",
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
      : `The machine's label is ${nameIn(plan, option)}.`;
}

interface TrialScreenProps {
  readonly plan: StudyPlan;
  readonly trial: Trial;
  readonly images: readonly StudyImageRowFragment[];
  readonly step: Step;
  onAnswer(): void;
}

function TrialScreen({ plan, trial, images, step, onAnswer }: TrialScreenProps) {
  const { protocol, timing } = plan.rules.design.phases[trial.phase] as StudyPlan["rules"]["design"]["phases"][number];
  const byHash = useMemo(() => new Map<string, PixelSource>(images.map(({ image }) => [image.sha256, image])), [images]);
  const labels = trial.screen.labels.map((label) => nameIn(plan, label));
  const buttons = buttonsOf(protocol, labels);
  const severalImages = choosesImage(protocol);
  /** With a limited exposure, the image is gone when the answer is due. */
  const showsImage = step === "Image" || (step === "Answer" && timing.imageMs === 0);
  const shown = trial.screen.images.map((hash, position) => {
    const image = byHash.get(hash);
    const content =
      step === "Mask" ? (
        <span className={styles.mask} />
      ) : showsImage && image !== undefined ? (
        <img src={image.url} alt="" />
      ) : (
        <span className={styles.blank} />
      );
    return severalImages ? (
      <button key={position} type="button" className={styles.imageKey} disabled={step !== "Answer"} onClick={onAnswer}>
        {content}
        <span className="n12">{position + 1}</span>
      </button>
    ) : (
      <span key={position} className={styles.image}>
        {content}
      </span>
    );
  });
  return (
    <div className={styles.body}>
      <div className={severalImages ? styles.several : styles.single}>{shown}</div>
      <p className={styles.question}>{questionOf(protocol, labels[0] ?? "this")}</p>
      {trial.screen.exemplars.length > 0 ? (
        <div className={styles.exemplars}>
          {trial.screen.exemplars.map((hash) => (
            <img key={hash} src={byHash.get(hash)?.url} alt="" />
          ))}
        </div>
      ) : null}
      {step === "Answer" ? (
        <div className={styles.keys} data-many={buttons.length > 4 || undefined}>
          {buttons.map((text) => (
            <button key={text} type="button" onClick={onAnswer}>
              {text}
            </button>
          ))}
          {protocol.kind === "freeText" ? (
            <input className="input" aria-label="What it looks like" maxLength={protocol.values.maximumLength} />
          ) : null}
          {protocol.kind === "confidenceRating"
            ? labels.map((label) => (
                <label key={label} className={styles.rating}>
                  <span className="t12">{label}</span>
                  <input type="range" min={0} max={protocol.values.levels - 1} />
                </label>
              ))
            : null}
          {protocol.kind === "freeText" || protocol.kind === "confidenceRating" ? (
            <button type="button" className={styles.wholeRow} onClick={onAnswer}>
              Next
            </button>
          ) : null}
          {protocol.values.cantTell === "notOffered" ? null : (
            <button type="button" className={styles.wholeRow} onClick={onAnswer}>
              I can’t tell
            </button>
          )}
        </div>
      ) : null}
    </div>
  );
}
