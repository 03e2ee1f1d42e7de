/* What the patient's page and the element <kb-search> share: questions suggested while one types, and the cards of
 * someone in danger. Nodes are made one by one, never from a string: hosts may require trusted types.
 */

// Between two keys of a fast typist lie more than 100 ms: this only spares the keys of one that is held down.
const PAUSE = 20; // ms

/** Return an element with these attributes and children; strings become text, empty attributes are left out. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== "" && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

export const fill = (words, values) => words.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);

/** Only what a card or a result may link to, whatever the network brought. */
export const safeHref = (href) => (/^(https?|tel|sms):/.test(href) ? href : "");

/** Return the cards of a reply, the one in the language of the question first. */
export const cardsOf = (safety) => (safety?.card ? [safety.card, ...(safety.also ?? [])] : []);

const link = ({ label, href }, look = "") => make("a", { href: safeHref(href), class: look }, label);

/** Return the pieces of a card's line: its text, cut at the labels of its links. */
function lineParts({ text, links }) {
  const parts = [];
  let at = 0;
  for (const one of links) {
    const found = text.indexOf(one.label, at);
    // A label that the text has lost still leads somewhere.
    if (found < 0) {
      parts.push(" ", link(one));
      continue;
    }
    parts.push(text.slice(at, found), link(one));
    at = found + one.label.length;
  }
  return [...parts, text.slice(at)].filter((part) => part !== "");
}

function cardLine(line) {
  const parts = lineParts(line);
  const onlyLinks = line.links.length > 0 && parts.every((part) => typeof part !== "string" || /^[\s·]*$/.test(part));
  if (!onlyLinks) return make("p", { lang: line.lang }, ...parts);
  const buttons = line.links.map((one) => link(one, "card-action"));
  return make("p", { class: "card-actions", lang: line.lang }, ...buttons);
}

/** Return a card as an element. `place` tells its id from that of another card. */
export function makeCard(card, place) {
  const id = `live-card-${place}`;
  return make(
    "section",
    { class: `card card-${card.kind}`, role: "region", "aria-labelledby": id, lang: card.lang },
    make("h2", { class: "card-heading", id }, card.heading),
    make("div", { class: "card-body" }, ...card.lines.map(cardLine)),
  );
}

/** Send a question in a body, where no log and no history keeps it; return the reply, or throw. */
export async function post(address, values, signal) {
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(values),
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    signal,
  });
  return { ok: response.ok, reply: await response.json() };
}

/**
 * Make `input` a combobox (ARIA 1.2, list autocomplete): the focus stays in it, arrows choose, Enter opens what is
 * chosen, Escape closes.
 *
 * `list` is an empty element that the options go into, `status` a live region. `words` are {one, many, none, term}:
 * `term` says beside a term what choosing it does. `open(suggestion)` goes to a question that was chosen, and
 * `search()` searches for the term that then stands in it. `onSafety(safety)` is told of every reply.
 */
export function combobox({ input, list, status, address, language, words, open, search, onSafety }) {
  let timer = 0;
  let running = null; // the request under way
  let shown = []; // the suggestions on the page
  let active = -1;

  list.setAttribute("role", "listbox");
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-controls", list.id],
    ["aria-expanded", "false"],
  ]) {
    input.setAttribute(name, value);
  }

  const options = () => [...list.children];

  function activate(index) {
    active = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", options()[index].id);
      options()[index].scrollIntoView({ block: "nearest" });
    }
  }

  function expand(whether) {
    list.hidden = !whether;
    input.setAttribute("aria-expanded", String(whether));
    activate(-1);
  }

  function show(suggestions) {
    shown = suggestions;
    list.replaceChildren(
      ...suggestions.map(({ text, lang, kind }, at) => {
        const attributes = { role: "option", id: `${list.id}-${at}` };
        if (kind !== "term") return make("li", { ...attributes, lang }, text);
        const does = make("span", { class: "suggestion-does" }, words.term);
        return make("li", attributes, make("span", { lang }, text), " ", does);
      }),
    );
    expand(suggestions.length > 0);
  }

  function choose(suggestion) {
    if (suggestion.kind !== "term") return open(suggestion);
    input.value = suggestion.text;
    close();
    search();
  }

  function close() {
    running?.abort();
    clearTimeout(timer);
    show([]);
    status.textContent = "";
  }

  function count(number) {
    if (number === 0) return words.none;
    return number === 1 ? words.one : fill(words.many, { count: number });
  }

  async function ask() {
    const typed = input.value;
    running?.abort();
    if (typed.trim() === "") return close();
    running = new AbortController();
    const { signal } = running;
    try {
      const { ok, reply } = await post(address, { q: typed, lang: language }, signal);
      if (signal.aborted) return;
      // Also a reply that could not search carries the card of someone in danger.
      onSafety(reply.safety);
      show(ok ? reply.suggestions : []);
      // A card speaks for itself: nobody in danger is told that there is no suggestion.
      const [card] = cardsOf(reply.safety);
      if (ok || card) status.textContent = card ? card.heading : count(shown.length);
    } catch (error) {
      // Without suggestions the box still searches.
      if (error.name !== "AbortError") show([]);
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hidden && shown.length > 0) {
      expand(true);
      activate(step > 0 ? 0 : shown.length - 1);
    } else if (step && !list.hidden) {
      // One place beside the options: the box itself, with what was typed.
      const places = shown.length + 1;
      activate(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      choose(shown[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      expand(false);
    } else {
      return;
    }
    event.preventDefault();
  });

  input.addEventListener("blur", () => expand(false));
  // A press on an option must not take the focus out of the box.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = options().indexOf(event.target.closest("[role=option]"));
    if (at >= 0) choose(shown[at]);
  });

  return { ask, close };
}
