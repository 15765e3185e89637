// The teacher's page: open a room, lock, run, reveal, go on. The key stays in this browser and in no address.
import { ask, complain, element, follow, made, stepLine, trying } from "/class/files/room.js";
import { reveal } from "/class/files/reveal.js";
import { language, number, said, say, speak } from "/class/files/words.js";

const COLUMNS = { round: "round", who: "who", team: "team", value: "predicted", happened: "happened_short", difference: "difference", changes: "changes" };
let desk = JSON.parse(localStorage.getItem("desk") ?? "null");
let state = null, lessons = [], tableOf = "", following = new AbortController();

const secret = () => ({ "Teacher-Key": desk.key });
const path = (rest) => `rooms/${desk.code}/${rest}`;
const post = (rest, body) => ask(path(rest), secret(), body);

function askToCreate() {
  following.abort();
  element("create").hidden = false;
  element("room").hidden = true;
  showLessons();
}

function showLessons() {
  for (const id of ["lesson", "next_lesson"]) {
    const chosen = element(id).value;
    element(id).replaceChildren(...lessons.map((one) => new Option(said(one.title), one.id, false, one.id === chosen)));
  }
}

async function enter() {
  following.abort();
  following = new AbortController();
  element("create").hidden = true;
  try {
    await showEntrance();
    await showLevers();
    await follow(desk.code, secret(), (told) => { state = told; show(); }, following.signal);
  } catch (error) {
    complain(error);
    if (error.status === 401 || error.status === 404) {
      desk = null;
      localStorage.removeItem("desk");
      askToCreate();
    } else setTimeout(enter, 2000);
  }
}

async function showEntrance() {
  const answer = await ask(path("qr.svg"), secret());
  const svg = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", answer.headers.get("Join-Address"));
  element("qr").replaceChildren(document.importNode(svg, true));
  element("address").textContent = answer.headers.get("Join-Address").split("#")[0];
  element("code").textContent = desk.code;
}

async function showLevers() {
  const levers = await (await ask("levers")).json();
  element("levers").replaceChildren(...Object.entries(levers).map(([name, lever]) => {
    const line = made("label", "", { title: lever.meaning }), box = made("input", "", { type: "checkbox", value: name });
    box.addEventListener("change", trying(() => post("settings", { levers: ticked() })));
    line.append(box, ` ${name}`);
    return made("div").appendChild(line).parentNode;
  }));
}

const ticked = () => [...element("levers").querySelectorAll("input:checked")].map((box) => box.value);

function show() {
  if (!state) return;
  element("room").hidden = false;
  element("title").textContent = said(state.lesson.title);
  element("question").textContent = said(state.lesson.predict.question);
  element("step").textContent = stepLine(state);
  element("counts").textContent = say("in_room", { members: state.n_members, answers: state.n_answers });
  element("names_hidden").checked = state.settings.names_hidden;
  for (const box of element("levers").querySelectorAll("input")) box.checked = state.settings.levers.includes(box.value);
  showSteps();
  reveal(element("reveal"), state);
  element("people").replaceChildren(...state.members.map(person));
  element("team_list").replaceChildren(...state.teams.map((team) => made("li", [
    say("team_line", { team: team.name, n: team.n_members }),
    ...Object.entries(team.changes).map(([name, value]) => `${name} = ${value}`),
  ].join(" · "))));
  element("notes").replaceChildren(...Object.entries(state.notes).flatMap(([minutes, text]) => [
    made("dt", say("minutes", { n: minutes })), made("dd", said(text)),
  ]));
  const stamp = [state.round, state.step, state.settings.names_hidden, language].join();
  if (stamp !== tableOf) showTable(stamp).catch(complain);
}

function person(one) {
  const line = made("li", one.has_answered ? `${one.name} ✓` : one.name, one.has_answered ? { class: "answered" } : {});
  if (one.has_answered) line.title = say("answered");
  return line;
}

function showSteps() {
  const next = { open: ["locked"], locked: ["open", "run"], run: state.trouble ? ["run", "locked"] : state.is_ready ? ["revealed"] : [], revealed: [] }[state.step];
  for (const button of document.querySelectorAll("[data-step]")) button.disabled = !next.includes(button.dataset.step);
  element("next").hidden = state.step !== "revealed";
}

async function showTable(stamp) {
  tableOf = stamp;
  const rows = await (await ask(path(`table?language=${language}`), secret())).json();
  const head = made("tr");
  head.append(...Object.values(COLUMNS).map((word) => made("th", say(word), { scope: "col" })));
  element("table").replaceChildren(head, ...rows.map((row) => {
    const line = made("tr");
    line.append(...Object.keys(COLUMNS).map((name) => made("td", typeof row[name] === "number" ? number(row[name]) : row[name] ?? "")));
    return line;
  }));
}

async function save() {
  const file = await (await ask(path(`table.csv?language=${language}`), secret())).blob();
  const link = made("a", "", { href: URL.createObjectURL(file), download: "class.csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

element("create").addEventListener("submit", trying(async () => {
  const wish = { lesson: element("lesson").value, names_hidden: element("start_hidden").checked, n_changes: Number(element("n_changes").value) };
  const told = await (await ask("rooms", {}, wish)).json();
  desk = { code: told.code, key: told.teacher_key };
  localStorage.setItem("desk", JSON.stringify(desk));
  enter();
}));
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", trying(() => post("step", { to: button.dataset.step })));
}
element("go_on").addEventListener("click", trying(() => post("step", { to: "open", lesson: element("next_lesson").value })));
element("names_hidden").addEventListener("change", trying(() => post("settings", { names_hidden: element("names_hidden").checked })));
element("csv").addEventListener("click", trying(save));
element("close").addEventListener("click", () => {
  localStorage.removeItem("desk");
  desk = state = null;
  askToCreate();
});

speak(() => { showLessons(); show(); });
lessons = await (await ask("lessons")).json();
showLessons();
desk ? enter() : askToCreate();
