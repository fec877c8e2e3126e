/**
 * The signature against the example of the Standard Webhooks specification's reference libraries, and printed by
 * python3 -c 'import hmac,hashlib,base64; print(base64.b64encode(hmac.new(base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
 * b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}",hashlib.sha256).digest()).decode())'
 */
import { signWebhook } from "@pareidolia/persistence/workspace/webhooks/signWebhook";
import { expect, it } from "vitest";

const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const golden = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

it("signs as the reference libraries of Standard Webhooks do, once for each secret", () => {
  expect(signWebhook({ ...message, secrets: [secret] })).toEqual({
    "webhook-id": message.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": golden,
  });
  expect(signWebhook({ ...message, secrets: [secret, secret] })["webhook-signature"]).toBe(`${golden} ${golden}`);
});
