"use client";
/** A button that shows how programs send an operation. The dialog loads with the first click. */
import { lazy, Suspense, useState } from "react";
import toolButtonStyles from "../marks/ToolButton.module.css";
import type { ShownQuery } from "./shownQuery.ts";

const QueryDialog = lazy(async () => ({ default: (await import("./QueryDialog.tsx")).QueryDialog }));

interface QueryButtonProps {
  readonly label?: string;
  readonly className?: string | undefined;
  /** The title of the dialog. */
  readonly title?: string;
  /** Read when the dialog opens: one document without variables, or several operations. */
  readonly query: string | (() => readonly ShownQuery[]);
}

export function QueryButton(props: QueryButtonProps) {
  const { label = "Query", className = toolButtonStyles.toolButton, title = "Query for this data", query } = props;
  const [queries, setQueries] = useState<readonly ShownQuery[] | null>(null);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setQueries(typeof query === "string" ? [{ title, document: query, variables: {} }] : query());
    setOpen(true);
  };
  return (
    <>
      <button type="button" className={className} aria-haspopup="dialog" onClick={open}>
        {label}
      </button>
      {queries === null ? null : (
        <Suspense>
          <QueryDialog title={title} open={isOpen} queries={queries} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
