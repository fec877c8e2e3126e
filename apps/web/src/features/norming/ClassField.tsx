"use client";
/** A field for any class of a study, which suggests the names as one types. */
import { useId, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RoomClassesDocument } from "../../graphql/generated/graphql.ts";

export interface RoomClass {
  readonly label: number;
  readonly name: string;
}

/** The study's classes without `known`; empty while they load. */
export function useOtherClasses(roomId: string, known: readonly number[]): readonly RoomClass[] {
  const { data } = useLiveQuery({ query: RoomClassesDocument, variables: { id: roomId }, requestPolicy: "cache-first" });
  const classes = data?.node?.__typename === "NormingRoom" ? data.node.classes : [];
  return classes.filter(({ label }) => !known.includes(label));
}

interface ClassFieldProps {
  /** Default: "Another class". */
  readonly name?: string;
  /** Names are distinct. */
  readonly classes: readonly RoomClass[];
  /** Null while the text names no class. */
  readonly onChange: (chosen: RoomClass | null) => void;
}

export function ClassField({ name: fieldName = "Another class", classes, onChange }: ClassFieldProps) {
  const [text, setText] = useState("");
  const listId = useId();
  return (
    <>
      <label>
        <span className="fieldLabel">{fieldName}</span>
        <input
          className="input"
          list={listId}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            onChange(classes.find(({ name }) => name.toLowerCase() === target.value.trim().toLowerCase()) ?? null);
          }}
          autoComplete="off"
        />
      </label>
      <datalist id={listId}>
        {classes.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
