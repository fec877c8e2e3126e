"use client";
/** A section of the results: heading, the chart's tools, and the table or query that they open. */
import { type ReactNode, useId } from "react";
import type { useDataTools } from "../marks/DataTools.tsx";
import styles from "./ResultSection.module.css";

interface ResultSectionProps {
  readonly title: string;
  readonly tools?: ReturnType<typeof useDataTools>;
  readonly note?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function ResultSection({ title, tools, note, className, children }: ResultSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={className}>
      <div className="sectionHead">
        <h2 id={id}>{title}</h2>
        {note === undefined ? null : <span className={`t12 muted ${tools === undefined ? "" : styles.besideTitle}`}>{note}</span>}
        {tools?.toolbar}
      </div>
      {tools?.content}
      {children}
    </section>
  );
}
