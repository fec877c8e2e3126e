/**
 * The session's secret and the withdrawal code on the voter's device. The API stores only their hashes, so they exist nowhere else. A link
 * with both in its fragment, which browsers never send to a server, continues the session on another device.
 */

export interface SessionSecrets {
  /** Null for a signed-in member whose session was started on another device. */
  readonly session: string | null;
  /** For example "7KQ4 M2XP"; null if unknown on this device. */
  readonly withdrawalCode: string | null;
}

export const noSecrets: SessionSecrets = { session: null, withdrawalCode: null };

/** The browser's storage; null if it forbids storage, and the session then lasts as long as the page. */
type SecretStorage = Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;

/** @param address The study's part of the page's address. */
function keyOf(address: string): string {
  return `pareidolia.voting.${address}`;
}

export function readSecrets(storage: SecretStorage, address: string): SessionSecrets {
  try {
    const text = storage?.getItem(keyOf(address)) ?? null;
    if (text === null) return noSecrets;
    const { session, withdrawalCode } = JSON.parse(text) as Partial<SessionSecrets>;
    return { session: session ?? null, withdrawalCode: withdrawalCode ?? null };
  } catch {
    return noSecrets;
  }
}

export function writeSecrets(storage: SecretStorage, address: string, secrets: SessionSecrets): void {
  try {
    storage?.setItem(keyOf(address), JSON.stringify(secrets));
  } catch {
    // The storage is full.
  }
}

export function removeSecrets(storage: SecretStorage, address: string): void {
  storage?.removeItem(keyOf(address));
}

/** The secrets in an address's fragment; null if it has no session. */
export function secretsInFragment(fragment: string): SessionSecrets | null {
  const values = new URLSearchParams(fragment.replace(/^#/, ""));
  const session = values.get("session");
  if (session === null || !/^[\w-]{16,128}$/.test(session)) return null;
  return { session, withdrawalCode: values.get("code") };
}

/** The address that continues the session on another device. */
export function continueAddress(page: string, { session, withdrawalCode }: SessionSecrets): string {
  const values = new URLSearchParams({
    ...(session === null ? {} : { session }),
    ...(withdrawalCode === null ? {} : { code: withdrawalCode }),
  });
  const address = new URL(page);
  address.hash = values.toString();
  return address.href;
}

/** Eight characters of Crockford's base 32 as typed: in any case, with or without the space, with O for 0 and I or L for 1. */
export function readWithdrawalCode(typed: string): string | null {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(plain) ? `${plain.slice(0, 4)} ${plain.slice(4)}` : null;
}
