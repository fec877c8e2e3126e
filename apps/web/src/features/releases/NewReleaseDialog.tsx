"use client";
/** The dialog that makes a release: what it says about itself, and whether the voters' consent permits it. */
import { zodResolver } from "@hookform/resolvers/zod";
import type { Consent } from "@pareidolia/perception/study/consent";
import { type ReactNode, useState } from "react";
import { useFieldArray, useForm } from "react-hook-form";
import { useMutation } from "urql";
import { MakeReleaseDocument, type StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { useUnsentForm } from "../drafts/useUnsentForm.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import styles from "./Releases.module.css";
import { emptyCreator, inputOf, licenceIds, licences, nextVersion, type ReleaseValues, releaseSchema } from "./releaseForm.ts";

interface NewReleaseDialogProps {
  readonly study: Pick<StudyOnPageFragment, "id" | "key" | "title">;
  readonly consent: Consent;
  /** The study's first. */
  readonly language: string;
  /** Versions that are taken. */
  readonly released: readonly string[];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onMade: () => void;
}

export function NewReleaseDialog({ open, onClose, ...form }: NewReleaseDialogProps) {
  return (
    <Dialog title={`Release of ${form.study.key}`} open={open} onClose={onClose}>
      <NewReleaseForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function NewReleaseForm({ study, consent, language, released, onClose, onMade }: Omit<NewReleaseDialogProps, "open">) {
  const [, send] = useMutation(MakeReleaseDocument);
  const key = useAttemptKey();
  const [problem, setProblem] = useState<string | null>(null);
  const unsent = useUnsent<Partial<ReleaseValues>>(`release ${study.id}`, {
    version: nextVersion(released),
    title: study.title,
    description: "",
    creators: [emptyCreator],
    publisher: "",
    licence: "CC-BY-4.0",
    keywords: "",
    doi: "",
  });
  const { register, control, handleSubmit, formState, watch, reset } = useForm<ReleaseValues>({
    resolver: zodResolver(releaseSchema),
    defaultValues: unsent.values,
  });
  const restored = useUnsentForm<ReleaseValues>(unsent, { watch, reset });
  const creators = useFieldArray({ control, name: "creators" });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    const parsed = releaseSchema.parse(values);
    const idempotencyKey = key.of([parsed, consent.version]);
    const { data, error } = await send({ input: inputOf(parsed, { studyId: study.id, consentVersion: consent.version, idempotencyKey }) });
    const answer = data?.makeRelease;
    if (answer !== undefined) key.forget();
    setProblem(mutationProblem(answer, error));
    if (answer?.__typename !== "MakeReleaseSuccess") return;
    unsent.sent();
    onMade();
    onClose();
  });
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <div className={styles.pair}>
        <Labelled label="Title" error={errors.title?.message}>
          <input className="input" aria-invalid={errors.title ? true : undefined} {...register("title")} autoFocus />
        </Labelled>
        <Labelled label="Version" error={errors.version?.message}>
          <input className="input number" aria-invalid={errors.version ? true : undefined} {...register("version")} />
        </Labelled>
      </div>
      <Labelled label="Description" error={errors.description?.message}>
        <textarea className="input" rows={3} aria-invalid={errors.description ? true : undefined} {...register("description")} />
      </Labelled>
      <fieldset className={styles.authors}>
        <legend className="fieldLabel">Authors, in the order of citation. Leave the given name empty for an organization.</legend>
        {creators.fields.map((field, index) => (
          <div key={field.id} className={styles.author}>
            <input
              className="input"
              placeholder="Given name"
              aria-label={`Given name ${index + 1}`}
              {...register(`creators.${index}.givenName`)}
            />
            <Labelled error={errors.creators?.[index]?.familyName?.message}>
              <input
                className="input"
                placeholder="Family name"
                aria-label={`Family name or organization ${index + 1}`}
                {...register(`creators.${index}.familyName`)}
              />
            </Labelled>
            <Labelled error={errors.creators?.[index]?.orcid?.message}>
              <input
                className="input number"
                placeholder="ORCID iD"
                aria-label={`ORCID iD ${index + 1}`}
                {...register(`creators.${index}.orcid`)}
              />
            </Labelled>
            <Button look="quiet" disabled={creators.fields.length === 1} onClick={() => creators.remove(index)}>
              Remove<span className="visuallyHidden"> author {index + 1}</span>
            </Button>
          </div>
        ))}
        <Button look="quiet" onClick={() => creators.append(emptyCreator)}>
          Add an author
        </Button>
      </fieldset>
      <div className={styles.pair}>
        <Labelled label="Publisher, such as your university" error={errors.publisher?.message}>
          <input className="input" aria-invalid={errors.publisher ? true : undefined} {...register("publisher")} />
        </Labelled>
        <Labelled label="Licence">
          <select className="input" {...register("licence")}>
            {licenceIds.map((id) => (
              <option key={id} value={id}>
                {licences[id].short}
              </option>
            ))}
          </select>
        </Labelled>
      </div>
      <div className={styles.pair}>
        <Labelled label="Keywords, with commas between them (optional)" error={errors.keywords?.message}>
          <input className="input" {...register("keywords")} />
        </Labelled>
        <Labelled label="Reserved DOI (optional)" error={errors.doi?.message}>
          <input className="input number" placeholder="10.1234/abc" {...register("doi")} />
        </Labelled>
      </div>
      <div>
        <p className="fieldLabel">What voters were told about sharing, in version {consent.version} of the consent</p>
        <blockquote className={styles.consent}>{consent.texts[language]?.shared}</blockquote>
        <label className={styles.permitted}>
          <input type="checkbox" {...register("permitted")} /> This permits publishing their answers under pseudonyms and this licence.
        </label>
        {errors.permitted ? (
          <span className="fieldError" role="alert">
            {errors.permitted.message}
          </span>
        ) : null}
      </div>
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <RestoredNote {...restored} />
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={isSubmitting}>
          Make the release
        </Button>
      </div>
    </form>
  );
}

function Labelled({
  label,
  error,
  children,
}: {
  readonly label?: string;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is a child
    <label>
      {label === undefined ? null : <span className="fieldLabel">{label}</span>}
      {children}
      {error === undefined ? null : (
        <span className="fieldError" role="alert">
          {error}
        </span>
      )}
    </label>
  );
}
