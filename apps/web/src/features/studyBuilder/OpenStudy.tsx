"use client";
/** Locks the plan and opens the study: the plan's size and hash, and what it still lacks. */
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { OpenStudyDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValueStyles from "../marks/KeyValues.module.css";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { type DraftPlan, sectionOf } from "./draftPlan.ts";
import styles from "./OpenStudy.module.css";
import { shortHash, useHash } from "./planHash.ts";

interface OpenStudyProps {
  readonly studyId: string;
  readonly studyKey: string;
  readonly revision: number;
  readonly plan: DraftPlan;
  /** Whether the plan is that of the saved draft and its current images. */
  readonly isCurrent: boolean;
}

const sectionNames = { images: "Images", protocol: "Protocol", timing: "One trial", plan: "Plan" } as const;
const sectionTargets = { images: "study-images", protocol: "study-protocol", timing: "study-trial", plan: "study-plan" } as const;

export function OpenStudy({ studyId, studyKey, revision, plan, isCurrent }: OpenStudyProps) {
  const [, send] = useMutation(OpenStudyDocument);
  const [opening, setOpening] = useState(false);
  const hash = useHash(isCurrent ? plan.text : null);
  const mayOpen = isCurrent && plan.text !== null && !opening;
  const open = async () => {
    setOpening(true);
    const { data, error } = await send({ input: { studyId, revision } });
    setOpening(false);
    const answer = data?.openStudy;
    if (answer?.__typename !== "StudySuccess") {
      toast.error(`${studyKey} was not opened. ${mutationProblem(answer, error)}`);
      return;
    }
    const { planHash } = answer.study;
    if (typeof hash === "string" && hash !== planHash)
      toast.warning(`${studyKey} is open, but its locked plan differs from the one shown here. Compare them before people vote.`);
    else toast(`${studyKey} is open. Its plan is locked${typeof hash === "string" ? ", with the hash shown here" : ""}.`);
  };
  useShortcut("mod+enter", () => void open(), { enabled: mayOpen, enableOnFormTags: true, preventDefault: true });
  return (
    <section className={styles.open} aria-labelledby="study-open">
      <div className="sectionHead">
        <h2 id="study-open">Open</h2>
        <span className="t12 muted">no votes yet</span>
      </div>
      {plan.plan === null ? null : (
        <dl className={keyValueStyles.keyRows}>
          <KeyRow name="Votes that count" number>
            {formatCount(countVotes(plan.plan))}
          </KeyRow>
          <KeyRow name="Trials of a voter" number>
            {formatCount(countTrials(plan.plan))}
          </KeyRow>
          <KeyRow name="Hash of the plan" number>
            {plan.text === null ? (
              "–"
            ) : hash === null ? (
              "needs HTTPS"
            ) : hash === undefined ? (
              "computing"
            ) : (
              <span title={hash}>{shortHash(hash)}</span>
            )}
          </KeyRow>
        </dl>
      )}
      {plan.problem === null ? null : (
        <p className="fieldError" role="status">
          {plan.problem.message}{" "}
          <a className="link" href={`#${sectionTargets[sectionOf(plan.problem.field)]}`}>
            {sectionNames[sectionOf(plan.problem.field)]}
          </a>
        </p>
      )}
      <Button look="primary" shortcut="⌘↵" className={styles.button} disabled={!mayOpen} onClick={() => void open()}>
        {opening ? "Opening" : "Lock and open"}
      </Button>
      <p className="t12 muted">
        Then images, protocol, stopping and exclusion stay as they are. A change makes a new study, linked to this one.
      </p>
    </section>
  );
}

function countVotes({ overlap, rules }: StudyPlan): number {
  return overlap * rules.design.stimuli.length;
}

function countTrials({ rules }: StudyPlan): number {
  const { perVoter, phases } = rules.design;
  return (perVoter.counted + perVoter.gold + perVoter.noise + perVoter.canaries) * phases.length;
}
