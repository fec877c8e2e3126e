"use client";
/** The course of one trial as a time axis: blank, image, mask, answer, each with its duration in milliseconds and in whole frames. */
import { type Timing, timingSpecs } from "@pareidolia/perception/trials/timing";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import { describeFrames } from "./frames.ts";
import { NumberInput } from "./NumberInput.tsx";
import styles from "./TrialTiming.module.css";
import { originalOf } from "./templateRules.ts";
import type { EditableDraft } from "./useStudyDraft.ts";

interface TrialTimingProps {
  readonly editable: EditableDraft;
  readonly images: readonly StudyImageRowFragment[];
  readonly differing: ReadonlySet<string>;
}

/** What a duration of 0 means. */
const noDuration: Record<keyof Timing, string> = { blankMs: "none", imageMs: "until the answer", maskMs: "none", answerMs: "no limit" };

const partNames: Record<keyof Timing, string> = { blankMs: "blank", imageMs: "image", maskMs: "mask", answerMs: "answer within" };
const missingParts: Record<keyof Timing, string> = {
  blankMs: "no blank",
  imageMs: "image until the answer",
  maskMs: "no mask",
  answerMs: "no time limit",
};

/** A part of a trial in a sentence, such as `image 250 ms` or `no mask`. */
export function describePart(name: keyof Timing, milliseconds: number): string {
  return milliseconds === 0 ? missingParts[name] : `${partNames[name]} ${milliseconds} ms`;
}

function describeDuration(name: keyof Timing, milliseconds: number): string {
  return milliseconds === 0 ? noDuration[name] : `${milliseconds} ms`;
}

export function TrialTiming({ editable, images, differing }: TrialTimingProps) {
  const { draft } = editable.document;
  const original = originalOf(draft);
  const first = images.find(({ role }) => role === "COUNTED");
  const change = (phase: number, name: keyof Timing, value: number) =>
    editable.editDraft({
      phases: draft.phases.map((own, index) => (index === phase ? { ...own, timing: { ...own.timing, [name]: value } } : own)),
    });
  return (
    <section aria-labelledby="study-trial">
      <div className="sectionHead">
        <h2 id="study-trial">One trial</h2>
        <span className="t12 muted">in milliseconds; browsers show whole frames</span>
      </div>
      {draft.phases.map(({ timing }, phase) => (
        <div key={phase}>
          {draft.phases.length > 1 ? <h3>Phase {phase + 1}</h3> : null}
          <div className={styles.steps}>
            {timingSpecs.map(({ name, label, minimum, maximum }) => {
              const theirs = original?.phases[phase]?.timing[name];
              const differs = differing.has(`phases.${phase}.timing.${name}`);
              return (
                <div key={name} className={styles.step}>
                  <span className={`${styles.screen} ${styles[name] ?? ""}`} aria-hidden="true">
                    {name === "imageMs" && first !== undefined ? <img src={first.image.url} alt="" /> : null}
                    {name === "answerMs" ? (
                      <>
                        <i />
                        <i />
                        <i />
                      </>
                    ) : null}
                  </span>
                  <div>
                    <h3>{label}</h3>
                    <NumberInput
                      label={`${label}, in milliseconds`}
                      value={timing[name] === 0 ? null : timing[name]}
                      minimum={minimum}
                      maximum={maximum}
                      empty={noDuration[name]}
                      className={`${styles.field} ${differs ? styles.differs : ""}`}
                      onChange={(value) => change(phase, name, value ?? 0)}
                    />
                    {name === "answerMs" || timing[name] === 0 ? null : <p className="t12 muted">{describeFrames(timing[name])}</p>}
                    {theirs === undefined ? null : (
                      <p className="t12 muted">{differs ? `template: ${describeDuration(name, theirs)}` : "as in the template"}</p>
                    )}
                  </div>
                </div>
              );
            })}
          </div>
          <TimeAxis timing={timing} />
        </div>
      ))}
    </section>
  );
}

const axisWidth = 772;
/** Drawn length of a step without an end, in milliseconds. */
const openEnd = 500;

/** One line from the start of a trial: blank, image in ink, mask in grey, and the answer dotted if it has no limit. */
function TimeAxis({ timing }: { readonly timing: Timing }) {
  const { blankMs, imageMs, maskMs, answerMs } = timing;
  const image = imageMs === 0 ? openEnd : imageMs;
  const ends = [blankMs, blankMs + image, blankMs + image + maskMs] as const;
  const total = ends[2] + (answerMs === 0 ? openEnd : answerMs);
  const x = (milliseconds: number) => (milliseconds / total) * (axisWidth - 2) + 1;
  const ticks = [0, blankMs, ...(imageMs === 0 ? [] : [ends[1], ends[2]])].filter((tick, index, all) => all.indexOf(tick) === index);
  const shown = ticks.filter((tick, index) => index === 0 || x(tick) - x(ticks[index - 1] as number) > 28);
  const summary = [
    `blank ${blankMs} ms`,
    describePart("imageMs", imageMs),
    describePart("maskMs", maskMs),
    describePart("answerMs", answerMs),
  ].join(", ");
  return (
    <svg className={styles.axis} viewBox={`0 0 ${axisWidth} 32`} role="img" aria-label={`Time axis: ${summary}.`}>
      <line x1={x(0)} x2={x(blankMs)} y1={6} y2={6} className={styles.line} />
      <rect x={x(blankMs)} y={3} width={x(ends[1]) - x(blankMs)} height={6} className={styles.imagePart} />
      <rect x={x(ends[1])} y={3} width={x(ends[2]) - x(ends[1])} height={6} className={styles.maskPart} />
      <line x1={x(ends[2])} x2={x(total)} y1={6} y2={6} className={styles.line} strokeDasharray={answerMs === 0 ? "2 3" : undefined} />
      {ticks.map((tick) => (
        <line key={tick} x1={x(tick)} x2={x(tick)} y1={1} y2={11} className={styles.line} />
      ))}
      {shown.map((tick) => (
        <text key={tick} x={x(tick)} y={26} textAnchor={tick === 0 ? "start" : "middle"}>
          {tick}
        </text>
      ))}
      <text x={axisWidth} y={26} textAnchor="end">
        ms
      </text>
    </svg>
  );
}
