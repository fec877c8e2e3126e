/** A small OpenID Connect provider on the loopback interface: discovery, codes with PKCE, signed ID tokens. It can be told to misbehave. */
import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface ProviderUser {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

export interface OidcProvider {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who is signed in at the provider, and so agrees to every request. */
  user: ProviderUser;
  /** Claims that replace those of the next ID tokens. */
  claims: Readonly<Record<string, unknown>>;
  /** Signs with a key that the provider does not publish. */
  forgesSignature: boolean;
  /** Accepts connections and never answers. */
  isSilent: boolean;
  /** Query parameters of the authorization requests so far. */
  readonly requests: URLSearchParams[];
  close(): Promise<void>;
}

interface Grant {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | null;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

export async function startOidcProvider(): Promise<OidcProvider> {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const unpublished = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  const kid = "key-1";

  const signToken = (claims: object): string => {
    const content = `${encode({ alg: "RS256", typ: "JWT", kid })}.${encode(claims)}`;
    const key = provider.forgesSignature ? unpublished.privateKey : keys.privateKey;
    return `${content}.${createSign("RSA-SHA256").update(content).sign(key).toString("base64url")}`;
  };
  const send = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const authorize = (query: URLSearchParams, response: ServerResponse): void => {
    provider.requests.push(query);
    const redirectUri = query.get("redirect_uri") ?? "";
    if (query.get("client_id") !== provider.clientId || query.get("code_challenge_method") !== "S256")
      return send(response, 400, { error: "invalid_request" });
    const code = randomBytes(16).toString("hex");
    grants.set(code, { redirectUri, challenge: query.get("code_challenge") ?? "", nonce: query.get("nonce") });
    const target = new URL(redirectUri);
    target.search = new URLSearchParams({ code, state: query.get("state") ?? "", iss: provider.issuer.href }).toString();
    response.writeHead(302, { location: target.href }).end();
  };
  const exchange = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = await readForm(request);
    const basic = Buffer.from(request.headers.authorization?.replace(/^Basic /, "") ?? "", "base64").toString();
    const client = request.headers.authorization === undefined ? `${form.get("client_id")}:${form.get("client_secret")}` : basic;
    if (client !== `${provider.clientId}:${provider.clientSecret}`) return send(response, 401, { error: "invalid_client" });
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (grant === undefined || grant.challenge !== challenge || grant.redirectUri !== form.get("redirect_uri"))
      return send(response, 400, { error: "invalid_grant" });
    const now = Math.floor(Date.now() / 1000);
    const { nonce } = grant;
    const claims = {
      iss: provider.issuer.href,
      aud: provider.clientId,
      iat: now,
      exp: now + 300,
      nonce,
      ...provider.user,
      ...provider.claims,
    };
    return send(response, 200, { token_type: "Bearer", access_token: "access", expires_in: 300, id_token: signToken(claims) });
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", provider.issuer);
    if (provider.isSilent) return;
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return send(response, 200, {
          issuer: provider.issuer.href,
          authorization_endpoint: new URL("/authorize", provider.issuer).href,
          token_endpoint: new URL("/token", provider.issuer).href,
          jwks_uri: new URL("/keys", provider.issuer).href,
          id_token_signing_alg_values_supported: ["RS256"],
        });
      case "/keys":
        return send(response, 200, { keys: [{ ...keys.publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" }] });
      case "/authorize":
        return authorize(url.searchParams, response);
      case "/token":
        return void exchange(request, response);
      default:
        return send(response, 404, {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const provider: OidcProvider = {
    issuer: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    clientId: "pareidolia",
    clientSecret: "client secret",
    user: { sub: "1", email: "grace@pareidolia.example", email_verified: true, name: "Grace" },
    claims: {},
    forgesSignature: false,
    isSilent: false,
    requests: [],
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return provider;
}
