/** A signed-in user's account, and requests to the API's routes for accounts. */

export interface Account {
  readonly name: string;
  readonly email: string;
  /** Whether signing in requires a code as well; null if the server has no second factor. */
  readonly hasSecondFactor: boolean | null;
}

/** The refusal of a request, in words for its user. */
export interface Refusal {
  /** A code of the API or of better-auth, such as RATE_LIMITED; NO_ANSWER if the API did not respond. */
  readonly code: string;
  readonly message: string;
  /** Seconds until another attempt is allowed; null without a limit. */
  readonly secondsToWait: number | null;
}

export type AccountAnswer<T> = { readonly data: T } | { readonly refusal: Refusal };

interface ErrorBody {
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

const noAnswer: Refusal = {
  code: "NO_ANSWER",
  message: "The server did not answer. Check your connection and try again in a few seconds.",
  secondsToWait: null,
};

const timeoutMilliseconds = 25_000;

/** Null for an empty body, as that of a sign-out may be; undefined for one that is no JSON, such as the page of a proxy. */
function parse(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function request<T>(path: string, init: RequestInit): Promise<AccountAnswer<T>> {
  try {
    const response = await fetch(`/auth${path}`, { ...init, cache: "no-store", signal: AbortSignal.timeout(timeoutMilliseconds) });
    const body = parse(await response.text());
    if (response.ok) return body === undefined ? { refusal: noAnswer } : { data: body as T };
    const { code, message, errors } = (body ?? {}) as ErrorBody;
    const [error] = errors ?? [];
    const wait = Number(response.headers.get("retry-after"));
    return {
      refusal: {
        code: error?.extensions?.code ?? code ?? `HTTP_${response.status}`,
        message: error?.message ?? message ?? `The server answered with status ${response.status}. Try again in a few seconds.`,
        secondsToWait: response.status === 429 && wait > 0 ? wait : null,
      },
    };
  } catch {
    // No connection, or the time is over.
    return { refusal: noAnswer };
  }
}

/** Sends JSON to a route under /auth. */
export function postAccount<T = unknown>(path: string, body: object): Promise<AccountAnswer<T>> {
  return request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

export function readAccount<T>(path: string): Promise<AccountAnswer<T>> {
  return request(path, { method: "GET" });
}
