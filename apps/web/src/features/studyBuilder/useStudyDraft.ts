"use client";
/**
 * A draft that saves itself: edits appear at once and are sent after a pause. If another user has changed the draft meanwhile, both
 * changes are merged, and the local one wins where they overlap. Undo sends earlier versions again.
 */
import { parseStudyDraft, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient, useMutation } from "urql";
import { EditStudyDocument, type StudyAccess, type StudyOnPageFragment, StudyPageDocument } from "../../graphql/generated/graphql.ts";
import { useUnsent } from "../drafts/useUnsent.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { isSame, mergeDocuments } from "./mergeDocuments.ts";
import { mergeNote } from "./mergeNote.ts";

interface StudyDocument {
  readonly title: string;
  readonly access: StudyAccess;
  readonly draft: StudyDraft;
}

type SaveState =
  | { readonly kind: "saved" | "pending" | "saving" }
  /** The API refused the change; it stays on the page. */
  | { readonly kind: "refused"; readonly message: string; readonly field: string };

export interface EditableDraft {
  readonly document: StudyDocument;
  /** As the API has it, with its images. */
  readonly saved: StudyDocument & { readonly revision: number };
  readonly state: SaveState;
  /** What another user changed meanwhile; null for nothing. */
  readonly note: string | null;
  readonly canUndo: boolean;
  edit(change: Partial<StudyDocument>): void;
  editDraft(change: Partial<StudyDraft>): void;
  undo(): void;
  dismissNote(): void;
}

const pauseMilliseconds = 600;
const retryMilliseconds = 4_000;
const maxUndone = 100;

function documentOf({ title, access, draft }: StudyOnPageFragment): StudyDocument {
  return { title, access, draft: parseStudyDraft(draft) };
}

/** Names the parts of a document that an edit changes. */
function changedParts(from: StudyDocument, to: StudyDocument): string {
  const before: Readonly<Record<string, unknown>> = { ...from.draft, title: from.title, access: from.access };
  const after: Readonly<Record<string, unknown>> = { ...to.draft, title: to.title, access: to.access };
  return Object.keys({ ...before, ...after })
    .filter((part) => !isSame(before[part], after[part]))
    .join();
}

/** @param viewerId undefined while unknown */
export function useStudyDraft(study: StudyOnPageFragment, viewerId: string | undefined): EditableDraft {
  const client = useClient();
  const [, send] = useMutation(EditStudyDocument);
  const [saved, setSaved] = useState(() => ({ ...documentOf(study), revision: study.revision }));
  const [document, setDocument] = useState<StudyDocument>(() => documentOf(study));
  const [state, setState] = useState<SaveState>({ kind: "saved" });
  const [note, setNote] = useState<string | null>(null);
  const [undoable, setUndoable] = useState(0);
  const latest = useRef(document);
  const server = useRef(saved);
  const past = useRef<StudyDocument[]>([]);
  const lastParts = useRef("");
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const isSending = useRef(false);
  const { id } = study;
  // Until it is saved, the browser keeps what changed.
  const unsent = useUnsent(`study ${id}`, server.current as StudyDocument);
  const keep = useRef(unsent);
  useEffect(() => {
    keep.current = unsent;
  });

  const show = useCallback((next: StudyDocument) => {
    latest.current = next;
    setDocument(next);
  }, []);

  /** Takes over the study as the API has it, and keeps what changed here since `base`. @returns whether such changes remain. */
  const accept = useCallback(
    (received: StudyOnPageFragment, base: StudyDocument): boolean => {
      const theirs = documentOf(received);
      const merged = mergeDocuments(base, latest.current, theirs);
      server.current = { ...theirs, revision: received.revision };
      setSaved(server.current);
      show(merged);
      return !isSame(merged, theirs);
    },
    [show],
  );

  const save = useRef<() => Promise<void>>(async () => {});
  const schedule = useCallback((milliseconds = pauseMilliseconds) => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = null;
      void save.current();
    }, milliseconds);
  }, []);

  save.current = async () => {
    if (isSending.current) return;
    const sent = latest.current;
    if (sent.title.trim() === "") {
      setState({ kind: "refused", message: "Give the study a title. Voters see it.", field: "input.title" });
      return;
    }
    isSending.current = true;
    setState({ kind: "saving" });
    const { title, access, draft } = sent;
    const { data, error } = await send({ input: { studyId: id, revision: server.current.revision, title, access, draft } });
    const answer = data?.editStudy;
    let remaining = false;
    if (answer?.__typename === "StudySuccess") {
      remaining = accept(answer.study, sent);
      if (!remaining) keep.current.sent();
      setState({ kind: remaining ? "pending" : "saved" });
    } else if (answer?.__typename === "ConflictError") remaining = await reload();
    else {
      const field = answer?.__typename === "InvalidInputError" ? (answer.field ?? "") : "";
      setState({ kind: "refused", message: mutationProblem(answer, error) ?? "", field });
      if (answer === undefined && error?.networkError) schedule(retryMilliseconds);
    }
    isSending.current = false;
    if (remaining || !isSame(latest.current, sent)) if (timer.current === null) schedule();
  };

  const reload = async (): Promise<boolean> => {
    const { data, error } = await client.query(StudyPageDocument, { id }, { requestPolicy: "network-only" }).toPromise();
    const node = data?.node;
    if (node?.__typename !== "Study") {
      setState({ kind: "refused", message: error?.message ?? "This study was deleted.", field: "" });
      return false;
    }
    if (node.state !== "DRAFT") return false;
    setNote(mergeNote(node.changedBy ?? null, viewerId, true));
    const remaining = accept(node, server.current);
    setState({ kind: remaining ? "pending" : "saved" });
    return remaining;
  };

  // An earlier visit ended before its last change was saved.
  useEffect(() => {
    if (!unsent.isRestored || study.state !== "DRAFT") return;
    const { base, values } = keep.current;
    show(mergeDocuments(base, values, latest.current));
    setState({ kind: "pending" });
    setNote("Restored your unsaved changes of an earlier visit.");
    schedule();
  }, [unsent.isRestored, study.state, show, schedule]);

  // The page polls: another user's change arrives here.
  useEffect(() => {
    if (isSending.current || study.state !== "DRAFT" || study.revision <= server.current.revision) return;
    const remaining = accept(study, server.current);
    if (remaining) schedule();
    setNote(mergeNote(study.changedBy ?? null, viewerId, remaining));
  }, [study, viewerId, accept, schedule]);

  useEffect(() => {
    const isUnsaved = (): boolean => timer.current !== null || isSending.current;
    const warn = (event: BeforeUnloadEvent): void => {
      if (isUnsaved()) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      if (timer.current === null) return;
      clearTimeout(timer.current);
      timer.current = null;
      void save.current();
    };
  }, []);

  const edit = useCallback(
    (change: Partial<StudyDocument>) => {
      const next = { ...latest.current, ...change };
      if (isSame(next, latest.current)) return;
      // Edits of the same parts in quick succession are one step.
      const parts = changedParts(latest.current, next);
      if (timer.current === null || parts !== lastParts.current) {
        past.current = [...past.current.slice(1 - maxUndone), latest.current];
        setUndoable(past.current.length);
      }
      lastParts.current = parts;
      show(next);
      keep.current.change(next);
      setState({ kind: "pending" });
      schedule();
    },
    [show, schedule],
  );
  const editDraft = useCallback((change: Partial<StudyDraft>) => edit({ draft: { ...latest.current.draft, ...change } }), [edit]);
  const undo = useCallback(() => {
    const earlier = past.current.at(-1);
    if (earlier === undefined) return;
    past.current = past.current.slice(0, -1);
    setUndoable(past.current.length);
    lastParts.current = "";
    show(earlier);
    keep.current.change(earlier);
    setState({ kind: "pending" });
    schedule();
  }, [show, schedule]);
  return { document, saved, state, note, canUndo: undoable > 0, edit, editDraft, undo, dismissNote: () => setNote(null) };
}
