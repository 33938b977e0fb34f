// Starts emulate's Slack with what it lacks: delivered events, interactions, faults.
// The package is pinned: this reaches into it by its plugin object, never into its files.
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import YAML from "yaml";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "node_modules", "emulate", "dist");
const holdsSlack = (name) =>
  /^dist-.*\.js$/.test(name) &&
  readFileSync(path.join(dist, name), "utf8").includes("@emulators/slack/dist/index.js");
const load = (name) => import(pathToFileURL(path.join(dist, name)));
const { slackPlugin, getSlackStore } = await load(readdirSync(dist).find(holdsSlack));
const { createEmulator } = await load("api.js");

const { PORT, BOT_URL, NOW, TEAM, MEMBER } = process.env;
const seed = YAML.parse(readFileSync(path.join(here, "seed.yaml"), "utf8"));
const SECRET = seed.slack.signing_secret;
const BOT = "U0BOT", APP = "A0TEST";
const faults = [], calls = [], statuses = [];
let slack, hooks;

async function send(body, type) {
  const sign = createHmac("sha256", SECRET).update(`v0:${NOW}:${body}`).digest("hex");
  const answer = await fetch(BOT_URL, {
    method: "POST", body, signal: AbortSignal.timeout(3000),
    headers: { "Content-Type": type, "X-Slack-Request-Timestamp": NOW, "X-Slack-Signature": `v0=${sign}` },
  });
  statuses.push(answer.status);
  return { status: answer.status, body: await answer.text() };
}

const envelope = (event, id) => ({
  type: "event_callback", team_id: TEAM, api_app_id: APP, event, event_time: Number(NOW),
  event_id: id ?? `Ev${randomUUID()}`, authorizations: [{ team_id: TEAM, user_id: BOT, is_bot: true }],
});
const deliver = (event, id) => send(JSON.stringify(envelope(event, id)), "application/json");

function heard(payload) {
  const event = { ...payload.event };
  const channel = slack.channels.findOneBy("channel_id", event.channel);
  if (event.type !== "message" || event.user === BOT) return;
  if (channel?.is_im) return deliver({ ...event, channel_type: "im" });
  if ((event.text ?? "").includes(`<@${BOT}>`)) return deliver({ ...event, type: "app_mention" });
}

function interaction(asked) {
  const trigger = randomUUID();
  slack.viewTriggers.insert({
    trigger_id: trigger, team_id: slack.teams.all()[0].team_id, user_id: MEMBER, app_id: APP,
    expires_at: Math.floor(Date.now() / 1000) + 3, used: false,
  });
  if (asked.kind === "command") {
    return { team_id: TEAM, api_app_id: APP, user_id: MEMBER, trigger_id: trigger, ...asked.fields };
  }
  const base = {
    type: asked.kind, api_app_id: APP, trigger_id: trigger, team: { id: TEAM },
    user: { id: MEMBER, team_id: TEAM }, ...asked.fields,
  };
  if (asked.view_id) {
    const view = slack.views.findOneBy("view_id", asked.view_id);
    base.view = { ...view, id: view.view_id, state: { values: asked.values } };
  }
  return { payload: JSON.stringify(base) };
}

async function body(request) {
  const text = await request.text();
  const json = (request.headers.get("content-type") ?? "").includes("json");
  try {
    return json ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
  } catch { return {}; }
}

const register = slackPlugin.register;
slackPlugin.register = (app, store, webhooks, ...rest) => {
  slack = getSlackStore(store);
  hooks = webhooks;
  app.post("/_test/event", async (c) => {
    const { event, id } = await c.req.json();
    return c.json(await deliver(event, id));
  });
  app.post("/_test/interact", async (c) => {
    const form = new URLSearchParams(interaction(await c.req.json())).toString();
    return c.json(await send(form, "application/x-www-form-urlencoded"));
  });
  app.post("/_test/fault", async (c) => c.json({ faults: faults.push(await c.req.json()) }));
  app.get("/_test/calls", (c) => c.json(calls));
  app.get("/_test/statuses", (c) => c.json(statuses));
  app.get("/_test/files", (c) => c.json(slack.files.all()));
  app.get("/_test/views", (c) => c.json(slack.views.all()));
  register(app, store, webhooks, ...rest);
  const answer = app.fetch;
  app.fetch = async (request) => {
    const method = new URL(request.url).pathname.replace("/api/", "");
    if (!/^(chat|views|files|users|auth|conversations)\./.test(method)) return answer(request);
    const asked = await body(request.clone());
    const index = faults.findIndex((each) => each.method === method);
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    const got = fault
      ? Response.json({ ok: false, error: fault.error }, { status: fault.status, headers: fault.headers })
      : await answer(request);
    const result = await got.clone().json().catch(() => ({}));
    calls.push({ method, token: request.headers.get("authorization"), asked, status: got.status, result });
    return got;
  };
};

const emulator = await createEmulator({ service: "slack", port: Number(PORT), seed });
hooks.dispatch = async (_event, _action, payload) => void heard(payload)?.catch(console.error);
const user = slack.users.all().find((each) => each.name === "member");
const old = user.user_id;
slack.users.update(user.id, { user_id: MEMBER });
for (const token of slack.tokens.all()) {
  if (token.user_id === old) slack.tokens.update(token.id, { user_id: MEMBER });
}
const channel = slack.channels.all().find((each) => each.name === "network");
slack.channels.update(channel.id, { channel_id: "C0NET", members: [MEMBER, BOT] });
console.log(JSON.stringify({ url: emulator.url }));
process.on("SIGTERM", async () => { await emulator.close(); process.exit(0); });
