"use client";
/** Asks whether a new password also ends sessions and revokes API keys. Both are on: a stranger may have had access. */
import { type Dispatch, type SetStateAction, useId, useState } from "react";
import styles from "./entrance.module.css";

/** As the API takes it. */
export interface AccessChoice {
  readonly endSessions: boolean;
  readonly revokeKeys: boolean;
}

export function useAccessChoice(): [AccessChoice, Dispatch<SetStateAction<AccessChoice>>] {
  return useState<AccessChoice>({ endSessions: true, revokeKeys: true });
}

interface AccessChoicesProps {
  readonly choice: AccessChoice;
  readonly onChoice: Dispatch<SetStateAction<AccessChoice>>;
  /** Such as "Sign out my other sessions". */
  readonly sessionsLabel: string;
}

export function AccessChoices({ choice, onChoice, sessionsLabel }: AccessChoicesProps) {
  const id = useId();
  const options = [
    ["endSessions", sessionsLabel],
    ["revokeKeys", "Revoke my API keys"],
  ] as const;
  return (
    <div>
      {options.map(([name, label]) => (
        <div key={name} className={styles.check}>
          <input
            id={`${id}-${name}`}
            type="checkbox"
            checked={choice[name]}
            onChange={(event) => onChoice((before) => ({ ...before, [name]: event.target.checked }))}
          />
          <label htmlFor={`${id}-${name}`}>{label}</label>
        </div>
      ))}
    </div>
  );
}
