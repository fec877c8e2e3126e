"use client";
/** Locks the plan and opens the study: what it still lacks, its forecast and hash, and a question before anything is locked. */
import type { PlanProblem } from "@pareidolia/perception/planProblem";
import { forecastWarnings, placeWarnings } from "@pareidolia/perception/simulation/forecast";
import { textWarnings } from "@pareidolia/perception/study/introductions";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { type RefObject, useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { OpenStudyDocument, type StudyAccess } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { focusFirstProblem } from "../marks/focusFirstProblem.ts";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValueStyles from "../marks/KeyValues.module.css";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { ConfirmOpening } from "./ConfirmOpening.tsx";
import type { DraftPlan } from "./draftPlan.ts";
import { ForecastRows } from "./ForecastRows.tsx";
import styles from "./OpenStudy.module.css";
import { useOpeningHash } from "./openingHash.ts";
import { shortHash } from "./planHash.ts";
import { targetOf } from "./ruleRows.ts";
import { SessionWeight } from "./SessionWeight.tsx";
import { useForecast } from "./useForecast.ts";

interface OpenStudyProps {
  readonly studyId: string;
  readonly studyKey: string;
  readonly revision: number;
  readonly access: StudyAccess;
  readonly draft: StudyDraft;
  readonly plan: DraftPlan;
  /** Whether the plan is that of the saved draft and its current images. */
  readonly isCurrent: boolean;
  /** The fields of the plan. */
  readonly fields: RefObject<HTMLElement | null>;
}

export function OpenStudy({ studyId, studyKey, revision, access, draft, plan, isCurrent, fields }: OpenStudyProps) {
  const [, send] = useMutation(OpenStudyDocument);
  const [step, setStep] = useState<"editing" | "confirming" | "opening">("editing");
  const hash = useOpeningHash(studyId, isCurrent ? plan.text : null);
  const forecast = useForecast(plan.text);
  const ready = forecast?.kind === "ready" ? forecast.forecast : null;
  const ofPlaces = ready === null || access !== "LINK" ? [] : placeWarnings(ready, draft.anonymousVoters);
  const ofVoters = ready === null ? [] : [...ofPlaces, ...forecastWarnings(ready)];
  const warnings = plan.text === null ? [] : [...textWarnings(draft), ...ofVoters];
  const mayOpen = isCurrent && plan.text !== null && step === "editing";
  const confirm = () => {
    if (!focusFirstProblem(fields.current)) setStep("confirming");
  };
  const open = async () => {
    setStep("opening");
    const { data, error } = await send({ input: { studyId, revision, planHash: hash?.hash ?? null } });
    setStep("editing");
    const answer = data?.openStudy;
    if (answer?.__typename === "StudySuccess") toast(`${studyKey} is open. Its plan is locked.`);
    else toast.error(`${studyKey} was not opened. ${mutationProblem(answer, error)}`);
  };
  useShortcut("mod+enter", confirm, { enabled: mayOpen, enableOnFormTags: true, preventDefault: true });
  return (
    <section className={styles.open} aria-labelledby="study-open">
      <div className="sectionHead">
        <h2 id="study-open">Open</h2>
        <span className="t12 muted">no votes yet</span>
      </div>
      {plan.text === null ? null : (
        <dl className={keyValueStyles.keyRows}>
          {plan.plan === null ? null : (
            <KeyRow name="Votes that count" number>
              {formatCount(votesOf(plan.plan))}
            </KeyRow>
          )}
          <ForecastRows state={forecast} />
          <SessionWeight key={revision} studyId={studyId} />
          <KeyRow name="Hash of the plan" number>
            {hash === undefined ? "computing" : hash.hash === null ? "unknown" : <span title={hash.hash}>{shortHash(hash.hash)}</span>}
            {hash?.computedBy === "server" && hash.hash !== null ? " by the server" : null}
          </KeyRow>
        </dl>
      )}
      <ProblemList label="What the plan lacks" problems={plan.problems} look="fieldError" />
      <ProblemList label="Warnings" problems={warnings} look="second" />
      <Button look="primary" needs="openStudy" shortcut="mod+↵" className={styles.button} disabled={!mayOpen} onClick={confirm}>
        {step === "opening" ? "Opening" : "Lock and open"}
      </Button>
      <p className="t12 muted">
        Then images, protocol, stopping and exclusion stay as they are. A change makes a new study, linked to this one.
      </p>
      {plan.plan === null ? null : (
        <ConfirmOpening
          open={step === "confirming" && mayConfirm(isCurrent, plan)}
          studyKey={studyKey}
          plan={plan.plan}
          access={access}
          hash={hash}
          forecast={forecast}
          warnings={warnings}
          onConfirm={() => void open()}
          onClose={() => setStep("editing")}
        />
      )}
    </section>
  );
}

/** Another user may change the draft while the dialog is open. */
function mayConfirm(isCurrent: boolean, { text }: DraftPlan): boolean {
  return isCurrent && text !== null;
}

interface ProblemListProps {
  readonly label: string;
  readonly problems: readonly PlanProblem[];
  readonly look: "fieldError" | "second";
}

/** Each problem leads to its row. */
function ProblemList({ label, problems, look }: ProblemListProps) {
  if (problems.length === 0) return null;
  return (
    <div role="status">
      <ul className={styles.problems} aria-label={label}>
        {problems.map(({ message, field }) => {
          const { id, name } = targetOf(field);
          return (
            <li key={`${field} ${message}`} className={look}>
              {message}{" "}
              <a className="link" href={`#${id}`} onClick={() => openDetails(id)}>
                {name}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** A row may be in a closed part of the page, or be such a part. */
function openDetails(id: string): void {
  const details = document.getElementById(id)?.closest("details");
  if (details) details.open = true;
}

/** At most, in all phases. */
function votesOf({ overlap, rules }: StudyPlan): number {
  return overlap * rules.design.stimuli.length * rules.design.phases.length;
}
