"use client";
/** Verifies the whole audit log, part by part, and says how far it is. */
import { useCallback, useEffect, useRef, useState } from "react";
import { type OperationResult, useClient } from "urql";
import { AuditVerificationDocument, type AuditVerificationQuery } from "../../graphql/generated/graphql.ts";
import { plainMessage } from "../marks/ErrorState.tsx";

export interface Verification {
  /** Number of entries that are intact so far. */
  readonly entries: number;
  /** The first entry at fault, and why. */
  readonly broken: { readonly sequence: number; readonly reason: string } | null;
  /** When it ended, and in how many seconds; null while it runs. */
  readonly ended: { readonly at: Date; readonly seconds: number } | null;
  /** Why it could not be completed; null if it was. */
  readonly problem: string | null;
}

const nothing: Verification = { entries: 0, broken: null, ended: null, problem: null };

/** Starts when the page opens. A second call of `verify` takes the place of the first. */
export function useVerification(): { readonly state: Verification; verify(): void } {
  const client = useClient();
  const [state, setState] = useState(nothing);
  const current = useRef(0);
  const verify = useCallback(() => {
    const attempt = ++current.current;
    const began = performance.now();
    const run = async () => {
      setState(nothing);
      for (let after: string | null = null; ; ) {
        const { data, error }: OperationResult<AuditVerificationQuery> = await client
          .query(AuditVerificationDocument, { after }, { requestPolicy: "network-only" })
          .toPromise();
        if (attempt !== current.current) return;
        const part = data?.auditVerification;
        if (part === undefined) return setState((now) => ({ ...now, problem: plainMessage(error?.message ?? "The API did not answer.") }));
        const { entries, next, brokenSequence, brokenReason } = part;
        const broken = brokenSequence == null ? null : { sequence: brokenSequence, reason: brokenReason ?? "" };
        after = next ?? null;
        const isOver = after === null || broken !== null;
        const ended = isOver ? { at: new Date(), seconds: (performance.now() - began) / 1000 } : null;
        setState({ entries, broken, ended, problem: null });
        if (isOver) return;
      }
    };
    void run();
  }, [client]);
  useEffect(() => {
    verify();
    return () => {
      current.current++;
    };
  }, [verify]);
  return { state, verify };
}
