/** What a response or its absence says to the user. */

/** The message of a refusal in the API's form; null for other bodies, such as a proxy's page. */
export function refusalIn(text: string): string | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const { errors } = (body ?? {}) as { readonly errors?: readonly { readonly message?: unknown }[] };
  const message = errors?.[0]?.message;
  return typeof message === "string" && message !== "" ? message : null;
}

/** Null if the request was not answered: `fetch` then rejects with a TypeError. @throws the abort reason of its signal. */
export async function unlessUnanswered(request: Promise<Response>): Promise<Response | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
