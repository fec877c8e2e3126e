"use client";
/**
 * Edits the tags of one run or of many by keyboard: type to find a tag, Enter adds the marked or typed one, Backspace in the empty field
 * removes the last, arrows mark a suggestion, and Escape closes.
 */
import { type KeyboardEvent, type Ref, useId, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { TagChoicesDocument } from "../../graphql/generated/graphql.ts";
import floatStyles from "../marks/Float.module.css";
import { formatCount } from "../marks/numbers.ts";
import suggestionStyles from "../marks/Suggestions.module.css";
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
const notFound = -1;

/** As the API stores it. */
function normalise(text: string): string {
  return text.trim().replaceAll(/\s+/gu, " ").toLowerCase();
}

export function TagEditor({ tags, input, autoFocus = false, above = false, onAdd, onRemove, onClose }: TagEditorProps) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(notFound);
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
  const add = (name: string) => {
    if (name !== "" && !taken.has(name)) onAdd(name);
    setText("");
    setMarked(notFound);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = tags.at(-1);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setMarked(options.length === 0 ? notFound : (Math.max(marked, step > 0 ? -1 : 0) + step + options.length) % options.length);
    } else if (event.key === "Enter" || (event.key === "," && typed !== "")) add(active?.name ?? typed);
    else if (event.key === "Backspace" && text === "" && last !== undefined) onRemove(last.name);
    else if (event.key === "Escape") {
      if (open && (text !== "" || options.length > 0)) {
        setOpen(false);
        setText("");
        setMarked(notFound);
      } else onClose?.();
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
          {...(active ? { "aria-activedescendant": `${listId}-${marked}` } : {})}
          placeholder={tags.length === 0 ? "Add a tag" : ""}
          maxLength={longest}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMarked(notFound);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label="Suggested tags"
        className={`${floatStyles.float} ${suggestionStyles.list}`}
        data-above={above || undefined}
        hidden={!open || options.length === 0}
      >
        {options.map(({ name, note }, i) => (
          <div
            key={name}
            id={`${listId}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === marked}
            className={suggestionStyles.option}
            // The field keeps the focus.
            onPointerDown={(event) => {
              event.preventDefault();
              add(name);
            }}
          >
            <span>{name}</span>
            <span className="t12 muted">{note}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
