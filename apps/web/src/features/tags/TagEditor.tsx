"use client";
/**
 * Edits the tags of one run or of many by keyboard: type to find a tag, Enter adds the marked or typed one, Backspace in the empty field
 * removes the last, arrows mark a suggestion, and Escape closes.
 */
import { type KeyboardEvent, type Ref, useId, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { TagChoicesDocument } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";
import { SuggestionList, stepMark, suggestionId, unmarked } from "../marks/SuggestionList.tsx";
import { Tag } from "./Tag.tsx";
import styles from "./TagEditor.module.css";

interface EditedTag {
  readonly name: string;
  readonly partial?: boolean;
}

interface TagEditorProps {
  readonly tags: readonly EditedTag[];
  readonly input?: Ref<HTMLInputElement>;
  readonly autoFocus?: boolean;
  /** Where the suggestions open. */
  readonly above?: boolean;
  readonly onAdd: (name: string) => void;
  readonly onRemove: (name: string) => void;
  /** Escape without open suggestions. */
  readonly onClose?: () => void;
}

const longest = 40;

/** As the API stores it. */
function normalise(text: string): string {
  return text.trim().replaceAll(/\s+/gu, " ").toLowerCase();
}

export function TagEditor({ tags, input, autoFocus = false, above = false, onAdd, onRemove, onClose }: TagEditorProps) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(unmarked);
  const listId = useId();
  const typed = normalise(text);
  const { data } = useLiveQuery({ query: TagChoicesDocument, variables: { search: typed || null }, pause: !open });
  const taken = new Set(tags.flatMap(({ name, partial }) => (partial === true ? [] : [name])));
  const known = data?.tags.nodes.filter(({ name }) => !taken.has(name) && name.includes(typed)) ?? [];
  const isNew = typed !== "" && !taken.has(typed) && !known.some(({ name }) => name === typed);
  const options = [
    ...known.map(({ name, runCount }) => ({ name, note: `${formatCount(runCount)} ${runCount === 1 ? "run" : "runs"}` })),
    ...(isNew ? [{ name: typed, note: "new tag" }] : []),
  ];
  const active = options[marked];
  const close = () => {
    setOpen(false);
    setText("");
    setMarked(unmarked);
  };
  const add = (name: string) => {
    if (name !== "" && !taken.has(name)) onAdd(name);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = tags.at(-1);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setOpen(true);
      setMarked(stepMark(marked, event.key, options.length));
    } else if (event.key === "Enter" || (event.key === "," && typed !== "")) add(active?.name ?? typed);
    else if (event.key === "Backspace" && text === "" && last !== undefined) onRemove(last.name);
    else if (event.key === "Escape") {
      if (open && (text !== "" || options.length > 0)) close();
      else onClose?.();
    } else return;
    if (event.key !== "Backspace") event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.editor}>
      <div className={styles.field}>
        {tags.map(({ name, partial }) => (
          <Tag key={name} name={name} partial={partial === true} onRemove={() => onRemove(name)} />
        ))}
        <input
          ref={input}
          className={styles.input}
          // biome-ignore lint/a11y/noAutofocus: opened by the person who wants to type
          autoFocus={autoFocus}
          role="combobox"
          aria-label="Tags"
          aria-expanded={open && options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          {...(active ? { "aria-activedescendant": suggestionId(listId, marked) } : {})}
          placeholder={tags.length === 0 ? "Add a tag" : ""}
          maxLength={longest}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMarked(unmarked);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
      </div>
      <SuggestionList id={listId} label="Suggested tags" suggestions={options} isOpen={open} marked={marked} above={above} onTake={add} />
    </div>
  );
}
