"use client";
/** Verifies the whole audit log, part by part, and says how far it is. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { AuditVerificationDocument } from "../../graphql/generated/graphql.ts";
import { plainMessage } from "../marks/ErrorState.tsx";

export interface Verification {
  /** Number of entries that are intact so far. */
  readonly entries: number;
  /** The first entry at fault, and why. */
  readonly broken: { readonly sequence: number; readonly reason: string } | null;
  /** Number of the entry with whose kept head the end was compared; null for none. */
  readonly keptHead: number | null;
  /** When it ended, and in how many seconds; null while it runs. */
  readonly ended: { readonly at: Date; readonly seconds: number } | null;
  /** Why it could not be completed; null if it was. */
  readonly problem: string | null;
}

const nothing: Verification = { entries: 0, broken: null, keptHead: null, ended: null, problem: null };

/** Starts when the page opens. A second call of `verify` takes the place of the first; it returns a function that stops it. */
export function useVerification(): { readonly state: Verification; verify(): () => void } {
  const client = useClient();
  const [state, setState] = useState(nothing);
  const running = useRef<AbortController | null>(null);
  const verify = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const began = performance.now();
    const verifyAfter = async (after: string | null): Promise<void> => {
      const { data, error } = await client.query(AuditVerificationDocument, { after }, { requestPolicy: "network-only" }).toPromise();
      if (controller.signal.aborted) return;
      if (data === undefined) {
        setState((now) => ({ ...now, problem: plainMessage(error?.message ?? "The API did not answer.") }));
        return;
      }
      const { entries, next, brokenSequence, brokenReason, keptHead } = data.auditVerification;
      const broken = brokenSequence == null ? null : { sequence: brokenSequence, reason: brokenReason ?? "" };
      const isOver = next == null || broken !== null;
      const ended = isOver ? { at: new Date(), seconds: (performance.now() - began) / 1000 } : null;
      setState({ entries, broken, keptHead, ended, problem: null });
      if (!isOver) await verifyAfter(next);
    };
    setState(nothing);
    void verifyAfter(null);
    return () => controller.abort();
  }, [client]);
  useEffect(() => verify(), [verify]);
  return { state, verify };
}
