"use client";
/** An error message with a retry button, and the text of errors for users. */
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import emptyStateStyles from "./EmptyState.module.css";
import { noAnswerMessage } from "./noAnswer.ts";

interface ErrorStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly onRetry?: () => void;
}

function ErrorState({ title, children, onRetry }: ErrorStateProps) {
  return (
    <div className={emptyStateStyles.emptyState} role="alert">
      <h2 className="t18">{title}</h2>
      {children ? <p>{children}</p> : null}
      {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </div>
  );
}

/** The error messages of Chromium, Firefox and Safari for a request without a response. */
const noResponse = /^(Failed to fetch|NetworkError when attempting to fetch resource|Load failed)\.?$/;

function sentence(line: string): string {
  const text = line.replace(/^\[(Network|GraphQL)\]\s*/, "").trim();
  if (noResponse.test(text)) return noAnswerMessage();
  return text === "" || /[.?]$/.test(text) ? text : `${text}.`;
}

/** Removes the error kinds that urql puts in brackets, and repeated lines, from a message with one line per error. */
export function plainMessage(message: string): string {
  return [...new Set(message.split("\n").map(sentence))].join(" ");
}

interface RequestErrorProps {
  readonly message: string;
  readonly onRetry?: () => void;
  /** Visitors have no runs that could have stopped. */
  readonly forVisitors?: boolean;
}

/** The error of a page whose request failed, with a button that retries. */
export function RequestError({ message, onRetry, forVisitors = false }: RequestErrorProps) {
  return (
    <ErrorState title="This page could not be loaded" {...(onRetry ? { onRetry } : {})}>
      {plainMessage(message)} {forVisitors ? null : "Runs continue by themselves; nothing was lost."}
    </ErrorState>
  );
}
