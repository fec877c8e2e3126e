/** CodeMirror's extensions for one line of the search language: its grammar, colours, completion and problems. */
import {
  acceptCompletion,
  autocompletion,
  CompletionContext,
  type CompletionResult,
  completionStatus,
  moveCompletionSelection,
  pickedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import { history, historyKeymap, standardKeymap } from "@codemirror/commands";
import { HighlightStyle, LanguageSupport, LRLanguage, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter } from "@codemirror/lint";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { checkSearch, operatorsOf } from "@pareidolia/search/checkSearch";
import { type Completion, type CompletionItem, completeSearch } from "@pareidolia/search/completeSearch";
import type { FieldRegistry, SearchField } from "@pareidolia/search/fields/field";
import { writeValue } from "@pareidolia/search/formatSearch";
import { parser } from "@pareidolia/search/grammar/parser";
import type { SearchProblem } from "@pareidolia/search/searchTree";

const language = LRLanguage.define({
  parser: parser.configure({
    props: [
      styleTags({
        Field: tags.propertyName,
        "Operator AndWord OrWord NotWord InWord Open Close Comma": tags.operator,
        "Name Quoted": tags.literal,
        Text: tags.content,
      }),
    ],
  }),
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--ink-2)" },
  { tag: tags.operator, color: "var(--ink-3)" },
  { tag: tags.literal, fontWeight: "600" },
]);

interface StoredValue {
  readonly value: string;
  /** As a search has it. */
  readonly written: string;
  readonly count: number;
}

interface StoredField {
  readonly name: string;
  readonly description: string;
  /** Runs that have it. */
  readonly runCount?: number | null;
}

export interface SearchEditorOptions {
  readonly registry: FieldRegistry;
  readonly label: string;
  readonly placeholder: string;
  /** Values of a field that only the database knows. */
  storedValues(field: SearchField, text: string): Promise<readonly StoredValue[]>;
  /** Fields that only the database knows, whose names contain a text. */
  storedFields(text: string): Promise<readonly StoredField[]>;
  /** Its first problem; null without. */
  problemIn(text: string): SearchProblem | null;
  /** The first problem that only the database knows, of a search without another. */
  storedProblemIn(text: string): Promise<SearchProblem | null>;
  /** The text after each change, with its first problem. */
  onChange(text: string, problem: SearchProblem | null): void;
  /** Enter, with the text. */
  onSubmit(text: string): void;
  /** The search before or after the text in the history; null if there is none. */
  recall(step: 1 | -1): string | null;
}

export const problemOf = (text: string, registry: FieldRegistry): SearchProblem | null =>
  checkSearch(text, { registry, now: Date.now() }).problem ?? null;

function sectionOf(field: SearchField | null) {
  if (field === null) return {};
  const header = () => {
    const element = document.createElement("div");
    element.className = "cm-searchSection";
    const name = document.createElement("b");
    name.textContent = field.name;
    const type = {
      number: "a number",
      date: "a date",
      choice: "a choice",
      person: "a person",
      flag: "true or false",
      tag: "text",
      text: "text",
      mixed: "a number, text, true or false",
    };
    element.append(name, ` is ${type[field.type]}: `, operatorsOf[field.type].join(" "));
    return element;
  };
  return { section: { name: field.name, header } };
}

interface Stored {
  readonly values: readonly StoredValue[];
  readonly fields: readonly StoredField[];
}

function completionSource({ registry, storedValues, storedFields }: SearchEditorOptions) {
  const resultOf = (completion: Completion, { values, fields }: Stored): CompletionResult | null => {
    const section = sectionOf(completion.kind === "value" ? completion.field : null);
    const known = new Set(values.map(({ value }) => value));
    const options = [
      ...values.map(({ value, written, count }) => ({ label: value, apply: `${written} `, detail: String(count), ...section })),
      ...completion.items
        .filter(({ label }) => !known.has(label))
        .map((item: CompletionItem) => ({
          label: item.label,
          apply: item.insert,
          ...(item.description === "" ? {} : { info: item.description }),
          ...section,
        })),
      ...fields.map(({ name, description, runCount }) => ({
        label: name,
        apply: `${writeValue(name)} `,
        detail: String(runCount ?? ""),
        info: description,
      })),
    ].map((option, i) => ({ ...option, boost: -i }));
    if (options.length === 0) return null;
    const isStored = completion.hasStoredValues || completion.hasStoredFields;
    /** No key needs a query if nothing is stored. If no stored entry contains a text, none contains a longer text. */
    const update = (_: CompletionResult, from: number, to: number, { state, pos }: CompletionContext) => {
      const next = completeSearch(state.doc.toString(), pos, registry);
      if (next.kind !== completion.kind || next.from !== from || pos !== to) return null;
      const hasNone = values.length === 0 && fields.length === 0 && next.typed.startsWith(completion.typed);
      return !isStored || hasNone ? resultOf(next, { values, fields }) : null;
    };
    return { from: completion.from, to: completion.to, options, filter: false, update };
  };
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const completion = completeSearch(context.state.doc.toString(), context.pos, registry);
    const { kind, field, typed } = completion;
    if (kind === "connective" && typed === "" && !context.explicit) return null;
    const values = completion.hasStoredValues && field !== null ? await storedValues(field, typed) : [];
    const fields = completion.hasStoredFields ? await storedFields(typed) : [];
    return context.aborted ? null : resultOf(completion, { values, fields });
  };
}

/** The cursor behind a space or an operator opens the next suggestions, also after deleting; typing within a word does so by itself. */
const suggestNext = EditorView.updateListener.of((update) => {
  const isEdited = update.transactions.some((transaction) => transaction.isUserEvent("input") || transaction.isUserEvent("delete"));
  if (!update.docChanged || !isEdited) return;
  const before = update.state.doc.sliceString(0, update.state.selection.main.head);
  if (/[\s(,=<>~]$/.test(before) && completionStatus(update.state) === null) startCompletion(update.view);
});

const takeSuggestion = (view: EditorView): boolean =>
  acceptCompletion(view) || (moveCompletionSelection(true)(view) && acceptCompletion(view));

/**
 * Tab takes the chosen suggestion, or else the first. While the suggestions for the last keys are loading, it asks for the first of them and
 * puts it in before whatever is typed in the meantime; an Enter waits for it. Unhandled, Tab would move the focus into the list.
 */
function takeByTab(source: ReturnType<typeof completionSource>, submit: (view: EditorView) => boolean): Extension {
  /** The text before the cursor when Tab was pressed. */
  let waiting: { readonly before: string; submits: boolean } | null = null;
  const takeWhenReady = async (view: EditorView) => {
    const before = view.state.doc.sliceString(0, view.state.selection.main.head);
    const asked = (waiting = { before, submits: false });
    const found = await source(new CompletionContext(view.state, before.length, true));
    if (waiting !== asked) return;
    waiting = null;
    const first = found?.options[0];
    if (found && first) {
      const changes = view.state.changes({ from: found.from, to: before.length, insert: String(first.apply) });
      const selection = view.state.selection.map(changes, 1);
      view.dispatch({ changes, selection, userEvent: "input.complete", annotations: pickedCompletion.of(first) });
    }
    if (asked.submits) submit(view);
  };
  const tab = (view: EditorView) => {
    if (completionStatus(view.state) === "active") return takeSuggestion(view);
    if (completionStatus(view.state) === "pending" && waiting === null) void takeWhenReady(view);
    return waiting !== null;
  };
  const enter = () => {
    if (waiting === null) return false;
    waiting.submits = true;
    return true;
  };
  const forgetIfChanged = EditorView.updateListener.of(({ state }) => {
    if (waiting !== null && state.doc.sliceString(0, waiting.before.length) !== waiting.before) waiting = null;
  });
  const keys = [
    { key: "Tab", run: tab },
    { key: "Enter", run: enter },
  ];
  return [Prec.highest(keymap.of(keys)), forgetIfChanged];
}

const oneLine: Extension = [
  EditorView.clipboardInputFilter.of((text) => text.replace(/\s*[\r\n]+\s*/g, " ")),
  EditorState.transactionFilter.of((transaction) => (transaction.newDoc.lines > 1 ? [] : transaction)),
];

function replaceAll(view: EditorView, text: string): boolean {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } });
  return true;
}

export function searchExtensions(options: SearchEditorOptions): Extension {
  const source = completionSource(options);
  const recall = (step: 1 | -1) => (view: EditorView) => {
    if (completionStatus(view.state) !== null) return false;
    const text = options.recall(step);
    return text === null ? false : replaceAll(view, text);
  };
  const submit = (view: EditorView) => {
    options.onSubmit(view.state.doc.toString());
    return true;
  };
  const leave = (view: EditorView) => {
    view.contentDOM.blur();
    return true;
  };
  const diagnose = async (view: EditorView): Promise<readonly Diagnostic[]> => {
    const text = view.state.doc.toString();
    const problem = options.problemIn(text) ?? (await options.storedProblemIn(text));
    if (view.state.doc.toString() !== text) return [];
    options.onChange(text, problem);
    if (problem === null) return [];
    const to = Math.min(problem.to, text.length);
    const from = Math.max(0, Math.min(problem.from, to === problem.from ? to - 1 : problem.from));
    return [{ from, to, severity: "error", message: problem.message }];
  };
  return [
    new LanguageSupport(language),
    syntaxHighlighting(colours),
    history(),
    oneLine,
    autocompletion({
      override: [source],
      icons: false,
      closeOnBlur: true,
      activateOnTyping: true,
      activateOnTypingDelay: 50,
      interactionDelay: 0,
      selectOnOpen: false,
    }),
    linter(diagnose, { delay: 400, tooltipFilter: () => [] }),
    suggestNext,
    takeByTab(source, submit),
    placeholder(options.placeholder),
    EditorView.contentAttributes.of({ "aria-label": options.label, spellcheck: "false", autocapitalize: "off", enterkeyhint: "search" }),
    // Below the keys of the list of suggestions, which has the highest precedence.
    Prec.high(
      keymap.of([
        { key: "Enter", run: submit },
        { key: "Escape", run: leave },
        { key: "ArrowUp", run: recall(-1) },
        { key: "ArrowDown", run: recall(1) },
      ]),
    ),
    keymap.of([...standardKeymap, ...historyKeymap]),
  ];
}
