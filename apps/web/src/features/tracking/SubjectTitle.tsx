"use client";
/** The title of a run's or experiment's page, which members rename in place. */
import { useMutation } from "urql";
import { RenameRunDocument, UpdateExperimentDocument } from "../../graphql/generated/graphql.ts";
import { useReplacement } from "../conflicts/useReplacement.ts";
import { EditableTitle } from "./EditableTitle.tsx";
import { isTrackedExperiment, type Tracked } from "./subject.ts";

interface SubjectTitleProps {
  /** Shown until the subject is loaded. */
  readonly fallback: string;
  readonly subject: Tracked | null;
  readonly writable: boolean;
}

export function SubjectTitle({ fallback, subject, writable }: SubjectTitleProps) {
  const [, renameRun] = useMutation(RenameRunDocument);
  const [, updateExperiment] = useMutation(UpdateExperimentDocument);
  const replace = useReplacement();
  if (subject === null || !writable) return <h1>{subject?.name ?? fallback}</h1>;
  const isExperiment = isTrackedExperiment(subject);
  const send = (name: string, previous: string) =>
    replace({
      subject: subject.key,
      values: { name },
      previous: { name: previous },
      labels: { name: "name" },
      async send(input) {
        if (isExperiment) {
          const { data, error } = await updateExperiment({ input: { experimentId: subject.id, ...input } });
          return { answer: data?.updateExperiment, error };
        }
        const { data, error } = await renameRun({ input: { runId: subject.id, ...input } });
        return { answer: data?.renameRun, error };
      },
    });
  return (
    <EditableTitle
      subjectKey={subject.key}
      title={subject.name}
      stored={isExperiment ? subject.name : subject.givenName}
      mayBeEmpty={!isExperiment}
      send={send}
    />
  );
}
