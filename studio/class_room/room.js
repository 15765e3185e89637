// Speaks to the server: asks, follows a room, and says what went wrong. Text is text: textContent only.
import { has, say } from "/class/files/words.js";

export const element = (id) => document.getElementById(id);

export function made(tag, text = "", attributes = {}) {
  const one = document.createElement(tag);
  one.textContent = text;
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  return one;
}

export class Refusal extends Error {
  constructor(status, told) {
    super(told.sentence);
    Object.assign(this, { status, reason: told.error });
  }
}

// GET, or POST with a body; throws a Refusal, or a TypeError where nobody answers.
export async function ask(path, secret = {}, body = undefined) {
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const headers = body === undefined ? secret : { ...secret, "Content-Type": "application/json" };
  const answer = await fetch(`/api/${path}`, { ...options, headers });
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({ error: "", sentence: answer.statusText })));
  return answer;
}

// What went wrong, in the reader's language where there is a word for it; nothing takes it away.
export function complain(error, values = {}) {
  const place = element("trouble");
  place.hidden = !error;
  if (error) place.textContent = !(error instanceof Refusal) ? say("lost") : has(error.reason) ? say(error.reason, values) : error.message;
}

// Do what a form or button asks for; complain if that is refused.
export const trying = (act, values = () => ({})) => async (event) => {
  event?.preventDefault();
  try {
    complain(null);
    await act(event);
  } catch (error) {
    complain(error, values());
  }
};

const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));

// Show every new state of a room until `signal` says stop; a lost connection is taken up again. Throws if one may not.
export async function follow(code, secret, show, signal) {
  let version = 0;
  for (let failures = 0; !signal.aborted;) {
    try {
      const state = await (await ask(`rooms/${encodeURIComponent(code)}/state?after=${version}`, secret)).json();
      if (signal.aborted) return;
      if (failures) complain(null);
      failures = 0;
      version = state.version;
      show(state);
    } catch (error) {
      if (error instanceof Refusal && [401, 404].includes(error.status)) throw error;
      complain(error);
      failures += 1;
      await pause(Math.min(failures, 5) * (0.5 + Math.random()));
    }
  }
}

// The line that says how far the lesson is.
export function stepLine(state) {
  if (state.trouble) return state.trouble;
  if (state.step === "run" && state.is_ready) return say("step_ready");
  const sent = state.step === "open" && state.you?.prediction !== null && state.you !== undefined;
  const done = state.progress ? `${state.progress[0]} / ${state.progress[1]}` : "";
  return sent ? say("step_sent", { value: state.you.prediction }) : say(`step_${state.step}`, { done });
}
