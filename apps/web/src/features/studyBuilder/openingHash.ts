"use client";
/** The SHA-256 of the plan that opening a draft would lock: computed by this browser, or by the server where the browser offers no hashes. */
import { useEffect, useState } from "react";
import { type Client, useClient } from "urql";
import { OpeningHashDocument } from "../../graphql/generated/graphql.ts";
import { hashText } from "./planHash.ts";

export interface OpeningHash {
  /** Null if neither could compute it. */
  readonly hash: string | null;
  readonly computedBy: "browser" | "server";
}

/** @param text The plan's canonical text. */
export async function findOpeningHash(text: string, askServer: () => Promise<string | null>): Promise<OpeningHash> {
  const own = await hashText(text);
  return own === null ? { hash: await askServer(), computedBy: "server" } : { hash: own, computedBy: "browser" };
}

async function askServer(client: Client, id: string): Promise<string | null> {
  const { data } = await client.query(OpeningHashDocument, { id }, { requestPolicy: "network-only" }).toPromise();
  return data?.node?.__typename === "Study" ? (data.node.opening?.planHash ?? null) : null;
}

/** Undefined while it is computed. @param text The plan's canonical text, of the draft as it is saved; null before. */
export function useOpeningHash(studyId: string, text: string | null): OpeningHash | undefined {
  const client = useClient();
  const [found, setFound] = useState<(OpeningHash & { readonly text: string }) | null>(null);
  useEffect(() => {
    if (text === null) return;
    let current = true;
    void findOpeningHash(text, () => askServer(client, studyId)).then((hash) => {
      if (current) setFound({ ...hash, text });
    });
    return () => {
      current = false;
    };
  }, [client, studyId, text]);
  return found !== null && found.text === text ? found : undefined;
}
