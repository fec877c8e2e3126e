"use client";
/** The question before a plan is locked for good: its rules, its cost in voters and minutes, its warnings, and its hash. */
import type { PlanProblem } from "@pareidolia/perception/planProblem";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { StudyAccess } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValueStyles from "../marks/KeyValues.module.css";
import { planFacts } from "../study/planFacts.ts";
import { ForecastRows } from "./ForecastRows.tsx";
import { OpeningHashText } from "./OpeningHashText.tsx";
import styles from "./OpenStudy.module.css";
import type { OpeningHash } from "./openingHash.ts";
import type { ForecastState } from "./useForecast.ts";

interface ConfirmOpeningProps {
  readonly open: boolean;
  readonly studyKey: string;
  readonly plan: StudyPlan;
  readonly access: StudyAccess;
  /** Undefined while it is computed. */
  readonly hash: OpeningHash | undefined;
  readonly forecast: ForecastState | null;
  readonly warnings: readonly PlanProblem[];
  onConfirm(): void;
  onClose(): void;
}

export function ConfirmOpening({ open, studyKey, plan, access, hash, forecast, warnings, onConfirm, onClose }: ConfirmOpeningProps) {
  return (
    <Dialog title={`Lock the plan of ${studyKey}?`} open={open} wide onClose={onClose}>
      <p className="second">
        {access === "LINK" ? "Every holder of the link and the members" : "Members of the workspace"} can vote at once. The plan cannot be
        changed afterwards: a change makes a new study.
      </p>
      <dl className={keyValueStyles.keyRows} aria-label="Cost">
        <ForecastRows state={forecast} />
      </dl>
      {warnings.map(({ message }) => (
        <p key={message} role="alert" className={styles.warning}>
          {message}
        </p>
      ))}
      <dl className={keyValueStyles.keyRows} aria-label="Plan">
        {planFacts(plan).map(([name, value]) => (
          <KeyRow key={name} name={name}>
            {value}
          </KeyRow>
        ))}
      </dl>
      <p className="t12 second">
        SHA-256 of the plan <OpeningHashText found={hash} />
      </p>
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Keep editing</Button>
        <Button look="primary" disabled={hash === undefined} onClick={onConfirm}>
          Lock this plan
        </Button>
      </div>
    </Dialog>
  );
}
