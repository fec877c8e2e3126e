"use client";
/** To whom a run or experiment is assigned, as a native select, which works with keyboards, screen readers and phones. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import {
  AssignableMembersDocument,
  type AssignableMembersQuery,
  UpdateExperimentDocument,
  UpdateRunDocument,
} from "../../graphql/generated/graphql.ts";
import { useReplacement } from "../conflicts/useReplacement.ts";
import { Avatar } from "../marks/Avatar.tsx";
import { useUnanswered } from "../marks/useUnanswered.ts";
import { useUndo } from "../marks/useUndo.tsx";
import { isTrackedExperiment, type Tracked } from "./subject.ts";
import styles from "./Tracking.module.css";

interface Person {
  readonly id: string;
  readonly name: string;
}

const membersOf = ({ members }: AssignableMembersQuery) => members;

export function AssigneePicker({ subject, writable }: { readonly subject: Tracked; readonly writable: boolean }) {
  const [assignee, show] = useUnanswered<Person | null>(subject.assignee ?? null);
  // The members are loaded once the person reaches for the select.
  const [wanted, setWanted] = useState(false);
  const { nodes } = useAllPages(AssignableMembersDocument, wanted ? {} : null, membersOf);
  const [, updateRun] = useMutation(UpdateRunDocument);
  const [, updateExperiment] = useMutation(UpdateExperimentDocument);
  const showUndo = useUndo();
  const replace = useReplacement();
  const people = (nodes ?? []).flatMap(({ user, suspendedAt }) => (suspendedAt == null ? [user] : []));
  const options = assignee === null || people.some(({ id }) => id === assignee.id) ? people : [assignee, ...people];
  const nameOf = (id: string | null) =>
    [...people, ...options].find((each) => each.id === id)?.name ?? (id === null ? "no one" : "another member");
  const send = (assigneeId: string | null, previous: string | null) =>
    replace({
      subject: subject.key,
      values: { assigneeId },
      previous: { assigneeId: previous },
      labels: { assigneeId: "assignee" },
      show: { assigneeId: nameOf },
      async send(input) {
        if (isTrackedExperiment(subject)) {
          const { data, error } = await updateExperiment({ input: { experimentId: subject.id, ...input } });
          return { answer: data?.updateExperiment, error };
        }
        const { data, error } = await updateRun({ input: { runId: subject.id, ...input } });
        return { answer: data?.updateRun, error };
      },
    });
  const assign = async (person: Person | null, previous: Person | null, isUndo = false) => {
    const outcome = await show(person, send(person?.id ?? null, previous?.id ?? null));
    if (outcome.kind === "failed") toast.error(`${subject.key} was not assigned. ${outcome.problem}`);
    if (outcome.kind !== "saved" || isUndo) return;
    const { assigneeId } = outcome.replaced;
    const before = assigneeId === (previous?.id ?? null) ? previous : (options.find(({ id }) => id === assigneeId) ?? null);
    showUndo({
      title: person === null ? `${subject.key} is assigned to no one.` : `${subject.key} is assigned to ${person.name}.`,
      undo: () => void assign(before, person, true),
    });
  };
  if (!writable) return assignee === null ? null : <span className="t12 second">assigned to {assignee.name}</span>;
  return (
    <label className={styles.assignee}>
      {assignee === null ? null : <Avatar name={assignee.name} />}
      <span className="visuallyHidden">Assigned to</span>
      <select
        value={assignee?.id ?? ""}
        onFocus={() => setWanted(true)}
        onPointerEnter={() => setWanted(true)}
        onChange={(event) => void assign(options.find(({ id }) => id === event.target.value) ?? null, assignee)}
      >
        <option value="">No assignee</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
