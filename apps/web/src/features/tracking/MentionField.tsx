"use client";
/** A text in which @ suggests members, if it notifies any: arrows mark one, Enter or Tab takes it, Escape closes the list. */
import { type KeyboardEvent, type TextareaHTMLAttributes, useId, useLayoutEffect, useRef, useState } from "react";
import { SuggestionList, stepMark, suggestionId } from "../marks/SuggestionList.tsx";
import styles from "./MentionField.module.css";
import { findTypedMention, findUnknownMentions, suggestNames, type TypedMention } from "./mentions.ts";

interface MentionFieldProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange" | "value"> {
  readonly value: string;
  /** Of those who can be mentioned; undefined for a text that notifies no one, or while they load. */
  readonly names: readonly string[] | undefined;
  readonly onChange: (text: string) => void;
}

const maxSuggestions = 6;

export function MentionField({ value, names, onChange, ...rest }: MentionFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<TypedMention | null>(null);
  const [marked, setMarked] = useState(0);
  const caret = useRef<number | null>(null);
  const listId = useId();
  const warningId = useId();
  const suggested = typed === null || names === undefined ? [] : suggestNames(typed.name, names).slice(0, maxSuggestions);
  const isOpen = suggested.length > 0;
  const unknown = !isOpen && names !== undefined ? findUnknownMentions(value, names) : [];

  // React puts the caret at the end when the text changes by a suggestion.
  useLayoutEffect(() => {
    if (caret.current !== null) field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const look = (element: HTMLTextAreaElement) => {
    setTyped(element.selectionStart === element.selectionEnd ? findTypedMention(element.value, element.selectionStart) : null);
    setMarked(0);
  };
  const take = (name: string) => {
    if (typed === null) return;
    const before = `${value.slice(0, typed.start)}@${name} `;
    caret.current = before.length;
    setTyped(null);
    onChange(before + value.slice(typed.start + 1 + typed.name.length).trimStart());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") setMarked(stepMark(marked, event.key, suggested.length));
    else if (event.key === "Escape") setTyped(null);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) take(suggested[marked] ?? "");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const described = [rest["aria-describedby"], unknown.length > 0 ? warningId : undefined].filter(Boolean).join(" ");
  return (
    <div className={styles.mention}>
      <textarea
        {...rest}
        ref={field}
        value={value}
        {...(names === undefined
          ? {}
          : { "aria-autocomplete": "list" as const, "aria-haspopup": "listbox" as const, "aria-controls": listId })}
        aria-describedby={described === "" ? undefined : described}
        {...(isOpen ? { "aria-activedescendant": suggestionId(listId, marked) } : {})}
        onChange={(event) => {
          onChange(event.target.value);
          look(event.target);
        }}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => setTyped(null)}
        onKeyDown={onKeyDown}
      />
      <SuggestionList
        id={listId}
        label="Members"
        suggestions={suggested.map((name) => ({ name }))}
        isOpen={isOpen}
        marked={marked}
        onTake={take}
      />
      <p id={warningId} className="t12 muted" role="status">
        {unknown.length === 0
          ? null
          : `No member is called ${unknown.map((word) => `@${word}`).join(" or ")}, so no one is notified. Write @ and the full name.`}
      </p>
    </div>
  );
}
