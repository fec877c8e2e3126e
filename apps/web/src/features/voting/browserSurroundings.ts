/** What a voter's visit needs from the browser: storage, one sending tab at a time, timers, identifiers. */

import { randomId } from "../marks/randomId.ts";
import { findStorage } from "../session/findStorage.ts";
import { readStep, writeStep } from "./keptStep.ts";
import { openOutboxStore } from "./outboxStore.ts";
import { readSecrets, removeSecrets, secretsInFragment, writeSecrets } from "./sessionSecrets.ts";
import type { VotingClient } from "./votingClient.ts";
import type { VotingSurroundings } from "./votingController.ts";

function joinKeyOf(address: string): string {
  return `pareidolia.joining.${address}`;
}

/** Kept until the session is known: the answer to the request may be lost, and the page reloaded. */
function readJoinKey(address: string): string {
  const storage = findStorage();
  const known = storage?.getItem(joinKeyOf(address));
  if (known != null) return known;
  const made = randomId();
  try {
    storage?.setItem(joinKeyOf(address), made);
  } catch {
    // The storage is full.
  }
  return made;
}

/** Stores the session of the address's fragment and removes it from the address, which people copy and browsers remember. */
export function adoptFragment(address: string): void {
  const secrets = secretsInFragment(location.hash);
  if (secrets === null) return;
  writeSecrets(findStorage(), address, secrets);
  history.replaceState(history.state, "", `${location.pathname}${location.search}`);
}

/** @param address The study's part of the page's address: the link's token, or the study's key. */
export function browserSurroundings(address: string, client: VotingClient): VotingSurroundings {
  return {
    client,
    readSecrets: () => readSecrets(findStorage(), address),
    writeSecrets: (secrets) => writeSecrets(findStorage(), address, secrets),
    removeSecrets: () => removeSecrets(findStorage(), address),
    joinKey: () => readJoinKey(address),
    forgetJoinKey: () => findStorage()?.removeItem(joinKeyOf(address)),
    readStep: () => readStep(findStorage(), address),
    writeStep: (kept) => writeStep(findStorage(), address, kept),
    openStore: (session) => openOutboxStore(`${address} ${session ?? "member"}`),
    // Where browsers lack locks, two tabs may send the same vote, and the API counts it once by its submission ID.
    lock: async (task) => {
      if (navigator.locks === undefined) await task();
      else await navigator.locks.request(`pareidolia.voting.${address}`, task);
    },
    schedule: (task, milliseconds) => {
      const timer = setTimeout(task, milliseconds);
      return () => clearTimeout(timer);
    },
    jitter: Math.random,
    newId: randomId,
    now: () => new Date().toISOString(),
  };
}
