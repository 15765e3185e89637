// A student's page: join, predict, wait, see. The token stays in the browser, so that a lost connection loses nothing.
import { ask, complain, element, follow, made, stepLine, trying } from "/class/files/room.js";
import { reveal } from "/class/files/reveal.js";
import { number, said, say, speak } from "/class/files/words.js";

let seat = JSON.parse(localStorage.getItem("seat") ?? "null");
let state = null, round = 0, levers = null, following = new AbortController();

const secret = () => ({ "Member-Token": seat.token });
const post = (path, body = {}) => ask(`rooms/${encodeURIComponent(seat.code)}/${path}`, secret(), body);

// A code without dashes, however it was typed or scanned: the same room is the same room.
const plain = (code) => code.toUpperCase().replace(/[^A-Z0-9]/g, "");

function askToJoin() {
  following.abort();
  element("join").hidden = false;
  element("room").hidden = true;
  element("code").value ||= location.hash.replace(/[^\w-]/g, "");
  element(element("code").value ? "name" : "code").focus();
}

async function enter() {
  following.abort();
  following = new AbortController();
  element("join").hidden = true;
  try {
    levers ??= await (await ask("levers")).json().catch(() => ({}));
    await follow(seat.code, secret(), (told) => { state = told; show(); }, following.signal);
  } catch (error) {
    complain(error);
    if (error.status === 401 || error.status === 404) {
      seat = null;
      localStorage.removeItem("seat");
      askToJoin();
    } else setTimeout(enter, 2000);
  }
}

function show() {
  if (!state) return;
  const { predict, title } = state.lesson, isOpen = state.step === "open";
  element("room").hidden = false;
  element("me").textContent = state.you.name;
  element("counts").textContent = say("in_room", { members: state.n_members, answers: state.n_answers });
  element("title").textContent = said(title);
  element("question").textContent = said(predict.question);
  element("unit").textContent = said(predict.unit);
  element("step").textContent = stepLine(state);
  element("predict").hidden = !isOpen;
  if (round !== state.round) startRound(predict);
  reveal(element("reveal"), state);
  showTeams(isOpen);
}

// The number to begin with is nobody's guess: the middle says nothing.
function startRound(predict) {
  round = state.round;
  for (const id of ["slider", "guess"]) Object.assign(element(id), { min: predict.low, max: predict.high, step: predict.step });
  element("slider").value = state.you.prediction ?? (predict.low + predict.high) / 2;
  element("guess").value = state.you.prediction ?? "";
}

function showTeams(isOpen) {
  const own = state.teams.find((team) => team.id === state.you.team);
  element("team_list").replaceChildren(...state.teams.map((team) => teamLine(team, isOpen, team === own)));
  element("found").hidden = !isOpen;
  element("teams").hidden = !isOpen && !state.teams.length;
  element("change").hidden = !isOpen || !own || state.settings.n_changes === 0;
  const allowed = state.settings.levers.length ? state.settings.levers : Object.keys(levers);
  const paths = element("path");
  if (paths.dataset.shown !== allowed.join()) {
    paths.replaceChildren(...allowed.map((path) => new Option(path, path)));
    paths.dataset.shown = allowed.join();
    explain();
  }
}

function teamLine(team, isOpen, isOwn) {
  const line = made("li", say("team_line", { team: team.name, n: team.n_members }));
  if (isOwn) line.append(made("strong", say("your_team")));
  else if (isOpen) {
    const button = made("button", say("join_team", { team: team.name }), { type: "button" });
    button.addEventListener("click", trying(() => post(`teams/${team.id}/join`)));
    line.append(button);
  }
  if (!isOwn) return line;
  for (const [path, value] of Object.entries(team.changes)) {
    line.append(made("span", `${path} = ${value}`));
    if (!isOpen) continue;
    const button = made("button", say("take_back", { path }), { type: "button", class: "plain" });
    button.addEventListener("click", trying(() => post("change", { path, value: null })));
    line.append(button);
  }
  line.append(made("span", say("changes_left", { n: state.settings.n_changes - Object.keys(team.changes).length }), { class: "quiet" }));
  return line;
}

function explain() {
  const lever = levers[element("path").value];
  element("meaning").textContent = lever ? `${lever.meaning} (${lever.allowed})` : "";
}

element("slider").addEventListener("input", () => { element("guess").value = element("slider").value; });
element("guess").addEventListener("input", () => { element("slider").value = element("guess").value; });
element("path").addEventListener("change", explain);
element("join").addEventListener("submit", trying(async () => {
  const code = element("code").value.trim();
  const told = await (await ask(`rooms/${encodeURIComponent(code)}/join`, {}, { name: element("name").value })).json();
  seat = { code, token: told.token };
  localStorage.setItem("seat", JSON.stringify(seat));
  round = 0;
  enter();
}));
element("predict").addEventListener("submit", trying(
  () => post("predict", { value: Number(element("guess").value) }),
  () => ({ low: number(state.lesson.predict.low), high: number(state.lesson.predict.high) }),
));
element("found").addEventListener("submit", trying(async () => {
  await post("teams", { name: element("team_name").value });
  element("team_name").value = "";
}));
element("change").addEventListener("submit", trying(() => post("change", { path: element("path").value, value: element("value").value })));
element("leave").addEventListener("click", () => {
  localStorage.removeItem("seat");
  seat = state = null;
  askToJoin();
});

speak(show);
if (seat && (!location.hash || plain(location.hash) === plain(seat.code))) enter();
else askToJoin();
