"use client";
/**
 * The search field: one line with highlighting and completion. A problem is underlined at its characters, with what to write instead below.
 * A valid search is applied shortly after the last key, or at once by Enter.
 */
import { forceLinting } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { SearchField as Field, FieldRegistry } from "@pareidolia/search/fields/field";
import type { SearchProblem } from "@pareidolia/search/searchTree";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useClient } from "urql";
import { RecordedFieldsDocument, SearchValuesDocument } from "../../graphql/generated/graphql.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { findStoredProblem } from "./findStoredProblem.ts";
import styles from "./SearchField.module.css";
import { problemOf, searchExtensions } from "./searchEditor.ts";
import { searchHistoryOf } from "./searchHistory.ts";

interface SearchFieldProps {
  readonly value: string;
  readonly registry: FieldRegistry;
  readonly label: string;
  readonly placeholder: string;
  /** At the end of the line, such as the number of matches. */
  readonly note: ReactNode;
  /** A problem that only the database knows, such as a tag that was deleted, and the search that has it. */
  readonly known?: { readonly search: string; readonly problem: SearchProblem } | null;
  /** A search while the user types replaces the one before it in the browser's history. */
  onSearch(text: string, history: "push" | "replace"): void;
}

const subjects = { runs: "RUNS", experiments: "EXPERIMENTS", images: "IMAGES" } as const;

/** Of a name that is typed, in characters: the API looks for no longer one. */
export const maxNamePartLength = 100;

const knownProblem = (text: string, known: SearchFieldProps["known"]): SearchProblem | null =>
  known != null && known.search.trim() === text.trim() ? known.problem : null;

export function SearchField({ value, registry, label, placeholder, note, known = null, onSearch }: SearchFieldProps) {
  const client = useClient();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const [problem, setProblem] = useState<SearchProblem | null>(() => problemOf(value, registry));
  const hintId = useId();
  const latest = useRef({ value, known, onSearch });
  latest.current = { value, known, onSearch };
  const isTyping = useRef(false);
  /** Submitted searches that `value` does not show yet. Meanwhile, the user may have typed more. */
  const sent = useRef<readonly string[]>([]);
  useShortcut("/", () => editor.current?.focus(), { preventDefault: true, useKey: true });

  useEffect(() => {
    const past = searchHistoryOf(client);
    const apply = (text: string, found: SearchProblem | null) => {
      setProblem(found);
      if (found !== null || text.trim() === latest.current.value.trim()) return;
      sent.current = [...sent.current, text.trim()];
      latest.current.onSearch(text.trim(), isTyping.current ? "replace" : "push");
      isTyping.current = true;
    };
    const storedValues = async (field: Field, text: string) => {
      const { data } = await client.query(SearchValuesDocument, { of: subjects[registry.noun], field: field.name, text }).toPromise();
      return data?.searchValues ?? [];
    };
    const storedFields = async (text: string) => {
      const { data } = await client.query(RecordedFieldsDocument, { text: text.slice(0, maxNamePartLength) }).toPromise();
      return data?.recordedFields ?? [];
    };
    const storedProblemIn = (text: string) => findStoredProblem(client, text, registry);
    const submit = async (text: string) => {
      const found = problemOf(text, registry) ?? (await storedProblemIn(text));
      if (view.state.doc.toString() !== text) return;
      apply(text, found);
      isTyping.current = false;
    };
    const view: EditorView = new EditorView({
      parent: host.current as HTMLDivElement,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          searchExtensions({
            registry,
            label,
            placeholder,
            storedValues,
            problemIn: (text) => problemOf(text, registry) ?? knownProblem(text, latest.current.known),
            onChange: apply,
            storedFields,
            storedProblemIn,
            onSubmit: (text) => {
              past.add(text);
              void submit(text);
            },
            recall: (step) => past.recall(step, view.state.doc.toString()),
          }),
        ],
      }),
    });
    view.contentDOM.setAttribute("aria-describedby", hintId);
    editor.current = view;
    return () => view.destroy();
  }, [client, registry, label, placeholder, hintId]);

  // The address changes by Back and by chosen views.
  useEffect(() => {
    const view = editor.current;
    const text = view?.state.doc.toString();
    const at = sent.current.lastIndexOf(value.trim());
    sent.current = at === -1 ? [] : sent.current.slice(at + 1);
    if (at !== -1 || !view || text === undefined || text.trim() === value.trim()) return;
    view.dispatch({ changes: { from: 0, to: text.length, insert: value } });
    setProblem(problemOf(value, registry));
  }, [value, registry]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    setProblem(problemOf(view.state.doc.toString(), registry) ?? knownProblem(view.state.doc.toString(), known));
    forceLinting(view);
  }, [known, registry]);

  useEffect(() => {
    editor.current?.contentDOM.setAttribute("aria-invalid", String(problem !== null));
  }, [problem]);

  return (
    <div className={styles.searchField}>
      <div className={styles.line}>
        <div
          ref={host}
          data-slash
          className={styles.editor}
          onBlur={() => {
            isTyping.current = false;
          }}
        />
        <span className={`${styles.note} t12 muted`}>{note}</span>
        <kbd aria-hidden="true">/</kbd>
      </div>
      <p id={hintId} className={styles.hint} role="status">
        {problem === null ? null : (
          <>
            <b>{problem.message}</b> {problem.hint}{" "}
            <span className="n11 muted">
              {problem.from}–{problem.to}
            </span>
          </>
        )}
      </p>
    </div>
  );
}
