"use client";
/**
 * The choices of a vote, with the keys that voters of a study have: a button for each class offered, one for "nothing I recognise", and a
 * field for all other classes.
 */
import { useState } from "react";
import { Button } from "../marks/Button.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { areDigits, keysOf } from "../voting/voteKeys.ts";
import classFieldStyles from "./ClassField.module.css";
import { ClassField, type RoomClass, useOtherClasses } from "./ClassField.tsx";
import styles from "./Norming.module.css";
import { nothingName } from "./slopes.ts";

interface VoteButtonsProps {
  readonly roomId: string;
  readonly options: readonly RoomClass[];
  readonly isBusy: boolean;
  readonly onVote: (label: number | null) => void;
}

/** The browser presses a focused control by the space bar. */
function takesSpace(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.closest("button, a, input, summary") !== null;
}

export function VoteButtons({ roomId, options, isBusy, onVote }: VoteButtonsProps) {
  const names = options.map(({ name }) => name);
  const keys = keysOf(options.length, names);
  const isDigits = areDigits(names);
  useShortcut("1,2,3,4,5,6,7,8,9,0", (_event, { keys: pressed }) => {
    const option = options[keys.indexOf(pressed?.[0] ?? "")];
    if (!isBusy && option) onVote(option.label);
  });
  useShortcut("space", () => (isBusy ? undefined : onVote(null)), { preventDefault: true, ignoreEventWhen: takesSpace });
  return (
    <div className={styles.votes}>
      <ul className={styles.voteButtons} aria-label="Your vote">
        {options.map(({ label, name }, index) => {
          const key = keys[index] ?? null;
          return (
            <li key={label}>
              <Button
                needs="castRoomVote"
                {...(key === null || isDigits ? {} : { shortcut: key })}
                disabled={isBusy}
                onClick={() => onVote(label)}
              >
                {name}
              </Button>
            </li>
          );
        })}
        <li>
          <Button needs="castRoomVote" shortcut="Space" disabled={isBusy} onClick={() => onVote(null)}>
            {nothingName}
          </Button>
        </li>
      </ul>
      <OtherClass roomId={roomId} options={options} isBusy={isBusy} onVote={onVote} />
    </div>
  );
}

function OtherClass({ roomId, options, isBusy, onVote }: VoteButtonsProps) {
  const [chosen, setChosen] = useState<RoomClass | null>(null);
  const known = options.map(({ label }) => label);
  const others = useOtherClasses(roomId, known);
  if (others.length === 0) return null;
  return (
    <form
      className={classFieldStyles.otherClass}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onVote(chosen.label);
      }}
    >
      <ClassField classes={others} onChange={setChosen} />
      <Button type="submit" needs="castRoomVote" disabled={isBusy || chosen === null}>
        Vote
      </Button>
    </form>
  );
}
