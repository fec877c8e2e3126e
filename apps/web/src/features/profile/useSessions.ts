"use client";
/** The user's sessions, and how to end them. */
import { useCallback, useEffect, useState } from "react";
import { postAccount, readAccount } from "../session/account.ts";
import { inOrder, type ListedSession } from "./sessionList.ts";

interface OpenSessions {
  readonly currentToken: string;
  readonly sessions: readonly ListedSession[];
}

export interface Sessions {
  /** Undefined until loaded. */
  readonly open: OpenSessions | undefined;
  /** Why the list could not be loaded. */
  readonly error: string | undefined;
  readonly reload: () => void;
  /** Resolves to the reason if the session could not be ended. */
  readonly end: (token: string) => Promise<string | null>;
  readonly endOthers: () => Promise<string | null>;
}

async function load(): Promise<OpenSessions | { readonly error: string }> {
  const [current, listed] = await Promise.all([
    readAccount<{ session: { token: string } } | null>("/get-session?disableRefresh=true"),
    readAccount<ListedSession[]>("/list-sessions"),
  ]);
  if ("refusal" in current) return { error: current.refusal.message };
  if ("refusal" in listed) return { error: listed.refusal.message };
  const currentToken = current.data?.session.token ?? "";
  return { currentToken, sessions: inOrder(listed.data, currentToken) };
}

export function useSessions(): Sessions {
  const [open, setOpen] = useState<OpenSessions>();
  const [error, setError] = useState<string>();
  const reload = useCallback(() => {
    void load().then((answer) => {
      if ("error" in answer) setError(answer.error);
      else {
        setError(undefined);
        setOpen(answer);
      }
    });
  }, []);
  useEffect(reload, [reload]);
  const send = async (path: string, body: object): Promise<string | null> => {
    const answer = await postAccount(path, body);
    reload();
    return "refusal" in answer ? answer.refusal.message : null;
  };
  return {
    open,
    error,
    reload,
    end: (token) => send("/revoke-session", { token }),
    endOthers: () => send("/revoke-other-sessions", {}),
  };
}
