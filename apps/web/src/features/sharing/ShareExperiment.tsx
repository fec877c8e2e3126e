"use client";
/** The button and dialog with which an owner chooses who reads an experiment, and copies its link. */
import { useState } from "react";
import { useMutation } from "urql";
import { type ExperimentSharingFragment, SetExperimentVisibilityDocument, type Visibility } from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { Link } from "../marks/Link.tsx";
import styles from "./ShareExperiment.module.css";
import { sharedPath, visibilities } from "./visibilities.ts";

const lost: Readonly<Record<Visibility, string>> = {
  PRIVATE: "",
  UNLISTED: "The present link stops working at once.",
  PUBLIC: "Visitors can no longer open its page at once. Copies that they saved remain theirs.",
};

interface ShareExperimentProps {
  readonly experiment: ExperimentSharingFragment;
  /** Why its readers cannot be changed now; null if they can. */
  readonly refusal: string | null;
}

export function ShareExperiment({ experiment, refusal }: ShareExperimentProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button needs="setExperimentVisibility" refusal={refusal} onClick={() => setOpen(true)}>
        Share
      </Button>
      <Dialog title={`Who may read ${experiment.key}`} open={open} onClose={() => setOpen(false)}>
        <ShareChoices experiment={experiment} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function ShareChoices({ experiment, onClose }: { readonly experiment: ExperimentSharingFragment; readonly onClose: () => void }) {
  const [chosen, setChosen] = useState<Visibility>(experiment.visibility);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const [{ fetching }, change] = useMutation(SetExperimentVisibilityDocument);
  const replace = useReplacement();
  const path = sharedPath(experiment);
  const send = async (visibility: Visibility, renewLink: boolean) => {
    const outcome = await replace({
      subject: experiment.key,
      values: { visibility },
      previous: { visibility: experiment.visibility },
      labels: { visibility: "visibility" },
      show: { visibility: (shown) => shown.toLowerCase() },
      async send(input) {
        const { data, error } = await change({ input: { experimentId: experiment.id, renewLink, ...input } });
        return { answer: data?.setExperimentVisibility, error };
      },
    });
    setProblem(problemOf(outcome));
    setSaved(outcome.kind === "saved");
  };
  return (
    <>
      <fieldset className={styles.choices}>
        <legend className="visuallyHidden">Visibility</legend>
        {visibilities.map(({ id, label, readers }) => (
          <label key={id} className={styles.choice}>
            <input type="radio" name="visibility" checked={chosen === id} onChange={() => setChosen(id)} />
            <b>{label}</b>
            <span className="second">{readers}</span>
          </label>
        ))}
      </fieldset>
      {chosen === "PRIVATE" ? null : (
        <p className="t12 second">
          Readers see its name, description and the workspace’s name; its runs with parameters, statistics and results; and every image,
          including the photos that runs start from. They do not see members, who created it, other experiments, analyses or uploads. Of
          networks that you added, they see only name, classes and input size.
        </p>
      )}
      {chosen !== experiment.visibility && experiment.visibility !== "PRIVATE" ? (
        <p className="t12 second">{lost[experiment.visibility]}</p>
      ) : null}
      {chosen === experiment.visibility && path !== null ? (
        <div className={styles.link}>
          <Link className="link" href={path} target="_blank">
            Open its page
          </Link>
          <CopyButton text={() => `${location.origin}${path}`} label="Copy the link" />
          {experiment.visibility === "UNLISTED" ? (
            <Button look="quiet" disabled={fetching} onClick={() => void send("UNLISTED", true)}>
              Replace the link
            </Button>
          ) : null}
        </div>
      ) : null}
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <p className="t12 second" role="status">
        {saved && chosen === experiment.visibility ? `${experiment.key} is ${chosen.toLowerCase()} now.` : ""}
      </p>
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Close</Button>
        <Button look="primary" disabled={fetching || chosen === experiment.visibility} onClick={() => void send(chosen, false)}>
          {`Make it ${chosen.toLowerCase()}`}
        </Button>
      </div>
    </>
  );
}
