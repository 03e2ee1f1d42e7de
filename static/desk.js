/* The front desk: results while one types, chosen by the keyboard.
 *
 * No library: what remains beside fetch() is keys and selection, which one would have to write anyway. The server
 * renders the one page for everybody; this module sends the same form and takes #results out of the answer.
 */

const PAUSE = 80; // ms: shorter than between two keys of a fast typist would ask for every letter

const desk = document.getElementById("desk");
const box = document.getElementById("q");
const form = box.form;
const status = document.getElementById("desk-status");

let timer = 0;
let running = null; // the request under way
let shown = null; // the question that the results on the page belong to

const hits = () => [...document.querySelectorAll(".desk-hit")];
const selected = () => document.querySelector(".desk-hit.selected");

function select(hit, { announce = false } = {}) {
  for (const other of hits()) {
    const chosen = other === hit;
    other.classList.toggle("selected", chosen);
    const question = other.querySelector(".desk-question a");
    if (chosen) question.setAttribute("aria-current", "true");
    else question.removeAttribute("aria-current");
  }
  if (!hit || !announce) return;
  hit.querySelector(".desk-question").scrollIntoView({ block: "nearest" });
  const question = hit.querySelector(".desk-question").textContent.trim();
  status.textContent = `${question} ${hit.querySelector(".say").textContent.trim()}`;
}

function countAloud() {
  const count = hits().length;
  const words = desk.dataset;
  status.textContent =
    count === 0 ? words.none : count === 1 ? words.one : words.many.replace("%(count)s", count);
}

function takeOver(results) {
  document.getElementById("results").replaceWith(results);
  desk.classList.add("live");
  for (const actions of results.querySelectorAll(".desk-actions")) actions.hidden = false;
  select(hits()[0]);
}

function clear() {
  running?.abort();
  clearTimeout(timer);
  const empty = document.createElement("div");
  empty.id = "results";
  takeOver(empty);
  status.textContent = "";
  shown = null;
}

function showUnreachable() {
  const results = document.createElement("div");
  results.id = "results";
  results.append(document.getElementById("unreachable").content.cloneNode(true));
  takeOver(results);
}

async function search() {
  clearTimeout(timer);
  const question = box.value;
  if (question.trim() === "") return clear();
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams({ q: question }), signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (signal.aborted) return;
    const results = page.getElementById("results");
    if (!results) return showUnreachable();
    takeOver(document.adoptNode(results));
    shown = question;
    countAloud();
  } catch (error) {
    if (error.name !== "AbortError") showUnreachable();
  }
}

function move(step) {
  const all = hits();
  if (all.length === 0) return;
  const at = all.indexOf(selected()) + step;
  select(all[Math.min(Math.max(at, 0), all.length - 1)], { announce: true });
}

function toggleFullAnswer() {
  const answer = selected()?.querySelector(".full-answer");
  if (!answer) return;
  answer.open = !answer.open;
  if (answer.open) status.textContent = answer.querySelector(".prose").textContent.trim();
}

async function copy() {
  const button = selected()?.querySelector(".copy");
  if (!button) return;
  const words = button.dataset.copy;
  button.dataset.label ??= button.textContent;
  try {
    await navigator.clipboard.writeText(words);
    button.textContent = status.textContent = desk.dataset.copied;
  } catch {
    // Without https there is no clipboard for us: the person copies what is selected.
    getSelection().selectAllChildren(selected().querySelector(".say"));
    button.textContent = status.textContent = desk.dataset.select;
  }
  setTimeout(() => (button.textContent = button.dataset.label), 2000);
}

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  const inBox = event.target === box;
  if (event.key === "Escape") {
    box.value = "";
    clear();
    box.focus();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    copy();
  } else if (event.key === "ArrowDown" && inBox) {
    move(1);
  } else if (event.key === "ArrowUp" && inBox) {
    move(-1);
  } else if (event.key === "Enter" && inBox && shown === box.value && selected()) {
    toggleFullAnswer();
  } else {
    return;
  }
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const question = event.target.closest(".desk-question a");
  if (question) {
    event.preventDefault();
    select(question.closest(".desk-hit"), { announce: true });
    box.focus();
  }
  if (event.target.closest(".copy")) copy();
});

document.querySelector(".keys").hidden = false;
// Results that a plain form brought are taken over as they stand.
if (hits().length > 0) shown = box.value;
takeOver(document.getElementById("results"));
