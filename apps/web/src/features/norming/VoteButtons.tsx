"use client";
/** The choices of a vote: a button and a key for up to nine classes, one for "nothing I recognise", and a field for all other classes. */
import { useId, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RoomClassesDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "./Norming.module.css";
import { nothingName } from "./slopes.ts";

interface Option {
  readonly label: number;
  readonly name: string;
}

interface VoteButtonsProps {
  readonly roomId: string;
  readonly options: readonly Option[];
  readonly isBusy: boolean;
  readonly onVote: (label: number | null) => void;
}

export function VoteButtons({ roomId, options, isBusy, onVote }: VoteButtonsProps) {
  useShortcut("1,2,3,4,5,6,7,8,9,0", (_event, { keys }) => {
    const key = Number(keys?.[0] ?? Number.NaN);
    const option = options[key - 1];
    if (isBusy) return;
    if (key === 0) onVote(null);
    else if (option) onVote(option.label);
  });
  return (
    <div className={styles.votes}>
      <ul className={styles.voteButtons} aria-label="Your vote">
        {options.map(({ label, name }, index) => (
          <li key={label}>
            <Button shortcut={String(index + 1)} disabled={isBusy} onClick={() => onVote(label)}>
              {name}
            </Button>
          </li>
        ))}
        <li>
          <Button shortcut="0" disabled={isBusy} onClick={() => onVote(null)}>
            {nothingName}
          </Button>
        </li>
      </ul>
      <OtherClass roomId={roomId} options={options} isBusy={isBusy} onVote={onVote} />
    </div>
  );
}

function OtherClass({ roomId, options, isBusy, onVote }: VoteButtonsProps) {
  const [name, setName] = useState("");
  const listId = useId();
  const { data } = useLiveQuery({ query: RoomClassesDocument, variables: { id: roomId }, requestPolicy: "cache-first" });
  const classes = data?.node?.__typename === "NormingRoom" ? data.node.classes : [];
  const others = classes.filter(({ label }) => options.every((option) => option.label !== label));
  if (others.length === 0) return null;
  const chosen = others.find((other) => other.name.toLowerCase() === name.trim().toLowerCase());
  return (
    <form
      className={styles.otherClass}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onVote(chosen.label);
      }}
    >
      <label>
        <span className="fieldLabel">Another class</span>
        <input className="input" list={listId} value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" />
      </label>
      <datalist id={listId}>
        {others.map((other) => (
          <option key={other.label} value={other.name} />
        ))}
      </datalist>
      <Button type="submit" disabled={isBusy || chosen === undefined}>
        Vote
      </Button>
    </form>
  );
}
