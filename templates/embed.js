/* <kb-search>: a clinic's answers on any page. Docs: docs/embedding.md
 *
 * Needs of the host's content policy no more than script-src and connect-src of this origin: nodes are made one by
 * one, never from a string, and the styles are an adopted sheet.
 */

import { cardsOf, combobox, fill, make, makeCard, post, safeHref } from "/static/asking.js";

const WORDS = {{ words | tojson }};
const PHONE = {{ phone | tojson }};
const LIFELINE = {{ lifeline | tojson }};
const SEARCH = new URL("/api/v1/search", import.meta.url);
const SUGGEST = new URL("/api/v1/suggest", import.meta.url);
const FIRST_SHOWN = 3;
const MOST_SHOWN = 60; // of a question on a button, in characters

const STYLES = `
/* The host's rules for the element itself, such as one for "*", win over :host. So nothing is set on the element, and
   this box begins anew inside: no rule matches it, and it inherits nothing but where it is hidden. Sizes are em, as the
   host sets what a rem is. */
:host { display: block; }
:host([hidden]) { display: none; }
.frame { all: initial; visibility: inherit; pointer-events: inherit; display: block;
  --ink: var(--kb-ink, #1c2b2a); --muted: var(--kb-muted, #52625f); --surface: var(--kb-surface, #fffefb);
  --line: var(--kb-line, #ddd8cb); --field-line: #7d8a85; --accent: var(--kb-accent, #14615c);
  --on-accent: var(--kb-on-accent, #fffefb); --mark: #fbe7a1; --danger: #a3281f; --on-danger: #fffefb;
  --danger-soft: #fdf1ee; --crisis: #77284f; --on-crisis: #fffefb; --crisis-soft: #fbf1f5;
  padding: 1em; border: 1px solid var(--line); border-radius: 14px;
  background: var(--surface); color: var(--ink); font: medium/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: break-word; text-align: start;
}
@media (prefers-color-scheme: dark) {
  :host([scheme="auto"]) .frame {
    --ink: #e9ece6; --muted: #a8b5b0; --surface: #1b2526; --line: #2f3d3c; --field-line: #73847f;
    --accent: #86cfc0; --on-accent: #0d1f1d; --mark: #5c4b12; --danger: #ff9d90; --on-danger: #2a0c08;
    --danger-soft: #2b1917; --crisis: #f2a9cb; --on-crisis: #2b0b1b; --crisis-soft: #291a22;
  }
}
* { box-sizing: border-box; }
h2, p, ul, ol { margin: 0; }
h2 { font-size: 1.0625em; line-height: 1.25; }
a { color: var(--accent); text-underline-offset: 0.18em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
label { display: block; margin-bottom: 0.35em; font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: 0.5em; }
input { flex: 1 1 12em; min-width: 0; min-height: 2.75em; padding: 0.4em 0.8em; border: 1.5px solid var(--field-line);
  border-radius: 10px; background: var(--surface); color: var(--ink); font: inherit; }
button { min-height: 2.75em; padding: 0.4em 1.2em; border: 1.5px solid transparent; border-radius: 10px;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 650; cursor: pointer; }
.instead { margin-top: 0.5em; border-color: var(--field-line); background: transparent; color: var(--accent); }
.row { position: relative; }
.call { display: inline-block; padding-block: 0.3em; }
.suggestions { position: absolute; z-index: 2; inset: calc(100% + 0.25em) 0 auto; margin: 0; padding: 0.3em;
  border: 1.5px solid var(--field-line); border-radius: 10px; background: var(--surface); list-style: none; }
.suggestions[hidden] { display: none; }
.suggestions li { min-height: 2.75em; padding: 0.55em 0.6em; border-radius: 7px; cursor: pointer; }
.suggestions li[aria-selected="true"] { background: var(--accent); color: var(--on-accent); }
.suggestion-does { margin-inline-start: 0.4em; color: var(--muted); font-size: 0.875em; }
[aria-selected="true"] .suggestion-does { color: inherit; }
.status { margin-top: 0.7em; color: var(--muted); font-size: 0.875em; }
.status:empty { margin: 0; } /* not hidden: a live region must be there before it speaks */
.card { --tone: var(--danger); --on-tone: var(--on-danger); margin-top: 1em; border: 2px solid var(--tone);
  border-radius: 12px; background: var(--danger-soft); overflow: hidden; overflow-wrap: anywhere; }
.card-crisis { --tone: var(--crisis); --on-tone: var(--on-crisis); background: var(--crisis-soft); }
.card-heading { padding: 0.5em 0.8em; background: var(--tone); color: var(--on-tone); font-size: 1.25em; }
.card-body { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6em; padding: 0.9em 1em 1em; }
.card a { color: var(--tone); font-weight: 650; }
.card-actions { display: flex; flex-wrap: wrap; gap: 0.5em; }
.card .card-action { flex: 1 1 7em; display: inline-flex; align-items: center; justify-content: center; min-height: 2.9em;
  padding: 0.3em 0.8em; border-radius: 9px; background: var(--tone); color: var(--on-tone); text-align: center;
  text-decoration: none; }
.hits { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.7em; margin-top: 0.9em; padding: 0; list-style: none; }
.hit { padding-top: 0.8em; border-top: 1px solid var(--line); }
.hit p, .sentence > * { margin-top: 0.35em; }
.sentence :is(ul, ol) { padding-inline-start: 1.3em; }
.sentence ul { list-style: disc; }
.sentence li::marker { color: var(--accent); }
.sentence table { width: 100%; border-collapse: collapse; }
.sentence td { padding: 0.3em 0.6em 0.3em 0; border-bottom: 1px solid var(--line); vertical-align: top; }
mark { background: var(--mark); color: inherit; border-radius: 0.2em; }
.disclosure { font-weight: 600; }
.quiet { color: var(--muted); font-size: 0.875em; }
.help { display: flex; flex-wrap: wrap; gap: 0.2em 1em; margin-top: 1em; padding-top: 0.7em;
  border-top: 1px solid var(--line); color: var(--muted); font-size: 0.875em; }
summary { min-height: 2.75em; padding-block: 0.5em; color: var(--accent); font-weight: 650; cursor: pointer; }
@media (forced-colors: active) { .card-heading, .card .card-action, button { border: 2px solid; } }
`;

/** Return a part of `sentence` with its highlights marked. They count code points, as strings of JavaScript do not. */
function marked({ sentence, highlights }, [first, last] = [0, sentence.length]) {
  const points = [...sentence].slice(0, last);
  const parts = [];
  let at = first;
  for (const [from, to] of highlights) {
    const [start, end] = [Math.max(from, at), Math.min(to, last)];
    if (start >= end) continue;
    parts.push(points.slice(at, start).join(""), make("mark", {}, points.slice(start, end).join("")));
    at = end;
  }
  return [...parts, points.slice(at).join("")];
}

/** Return what fits best of an answer as elements, with its lists and tables. */
function laidOut(hit) {
  if (hit.pieces.length === 0) return [make("p", {}, ...marked(hit))];
  const around = { item: "ul", step: "ol", row: "table" };
  const elements = [];
  let open = "";
  for (const { layout, parts } of hit.pieces) {
    const words = parts.map((part) => marked(hit, part));
    if (!around[layout]) {
      elements.push(make("p", {}, ...words[0]));
    } else {
      if (open !== layout) elements.push(make(around[layout]));
      const cells = words.map((word) => make("td", {}, ...word));
      elements.at(-1).append(layout === "row" ? make("tr", {}, ...cells) : make("li", {}, ...words[0]));
    }
    open = layout;
  }
  return elements;
}

/** Return a word in lower case and without accents, as the search names words that it could not tell. */
function folded(word) {
  return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

class ClinicSearch extends HTMLElement {
  #words = WORDS.en;
  #running = null;
  #box;
  #card;
  #status;
  #results;

  connectedCallback() {
    if (this.shadowRoot) return;
    const language = (this.closest("[lang]")?.lang || "en").split("-")[0].toLowerCase();
    this.#words = WORDS[language] ?? WORDS.en;
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    const styles = new CSSStyleSheet();
    styles.replaceSync(STYLES);
    root.adoptedStyleSheets = [styles];

    this.#box = make("input", {
      id: "box",
      type: "search",
      name: "q",
      maxlength: "20000",
      autocomplete: "off",
      enterkeyhint: "search",
      placeholder: this.getAttribute("placeholder") ?? "",
    });
    const list = make("ul", { id: "suggestions", class: "suggestions", "aria-label": this.#words.suggestions });
    list.hidden = true;
    const form = make(
      "form",
      { role: "search" },
      make("label", { for: "box" }, this.getAttribute("label") || this.#words.label),
      make("div", { class: "row" }, this.#box, make("button", { type: "submit" }, this.#words.button), list),
    );
    this.#card = make("div");
    this.#status = make("p", { class: "status", role: "status" });
    const { close } = combobox({
      input: this.#box,
      list,
      status: this.#status,
      address: SUGGEST,
      language: this.#language(),
      words: {
        one: this.#words.one_suggestion,
        many: this.#words.many_suggestions,
        none: this.#words.no_suggestion,
        term: this.#words.search_term,
      },
      // The answer has a page of its own; the host's page stays where it is.
      open: ({ text, url }) => {
        this.#box.value = text;
        close();
        globalThis.open(safeHref(url), "_blank", "noopener");
      },
      search: () => this.#search(),
      onSafety: (safety) => this.#showCards(safety),
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      close();
      this.#search();
    });
    this.#results = make("div");
    root.append(make("div", { class: "frame" }, form, this.#card, this.#status, this.#results, ...this.#help()));
  }

  /** The quiet line with the lifeline: there before any search, and when none can be reached. */
  #help() {
    if (!LIFELINE.call) return [];
    const number = { number: LIFELINE.text };
    return [
      make(
        "p",
        { class: "help" },
        make("strong", {}, this.#words.need_help),
        make("a", { href: LIFELINE.call }, fill(this.#words.call, number)),
        make("a", { href: LIFELINE.message }, fill(this.#words.text, number)),
      ),
    ];
  }

  #language() {
    return Object.keys(WORDS).find((name) => WORDS[name] === this.#words);
  }

  #showCards(safety) {
    this.#card.replaceChildren(...cardsOf(safety).map(makeCard));
  }

  async #search(exact = false) {
    const question = this.#box.value.trim();
    this.#running?.abort();
    if (question === "") {
      this.#card.replaceChildren();
      this.#show("");
      return;
    }
    this.#running = new AbortController();
    const { signal } = this.#running;
    this.#status.textContent = this.#words.searching;
    try {
      const { ok, reply } = await post(SEARCH, { q: question, lang: this.#language(), ...(exact && { exact: true }) }, signal);
      if (signal.aborted) return;
      // Also a reply that could not search carries the card of someone in danger.
      this.#showCards(reply.safety);
      if (!ok) this.#show(this.#words.unreachable, ...this.#callUs());
      else this.#showReply(reply);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#card.replaceChildren();
      this.#show(this.#words.unreachable, ...this.#callUs());
    }
  }

  #showReply({ hits, outcome, safety, corrections, choices = [] }) {
    const said = [...this.#corrected(corrections), ...choices.flatMap((choice) => this.#choice(choice))];
    if (safety.card && hits.length === 0) {
      // Who is in danger is not told that there is no answer here.
      this.#show("");
    } else if (outcome === "answer") {
      const count = hits.length === 1 ? this.#words.one : fill(this.#words.many, { count: hits.length });
      this.#show(count, ...said, ...this.#list(hits));
    } else if (outcome === "not_covered") {
      const closest = hits.length > 0 ? [make("p", { class: "quiet" }, this.#words.closest)] : [];
      this.#show(this.#words.not_covered, ...said, ...this.#callUs(), ...closest, ...this.#list(hits));
    } else {
      this.#show(this.#words.none, ...said, ...this.#callUs());
    }
  }

  #show(status, ...nodes) {
    this.#results.replaceChildren(...nodes);
    this.#status.textContent = status;
  }

  /** Say which words were searched in another spelling as well, and offer the search without them. */
  #corrected(corrections) {
    if (corrections.length === 0) return [];
    const words = corrections.flatMap(({ typed, read_as }, place) => [
      place ? ", " : " ",
      make("strong", {}, read_as),
      ` ${fill(this.#words.typed, { typed })}`,
    ]);
    const query = this.#box.value.trim();
    const shown = query.length > MOST_SHOWN ? `${query.slice(0, MOST_SHOWN)}…` : query;
    const instead = make("button", { type: "button", class: "instead" }, fill(this.#words.search_instead, { query: shown }));
    instead.addEventListener("click", () => {
      this.#search(true);
      this.#box.focus();
    });
    return [make("p", {}, this.#words.also_searched, ...words), instead];
  }

  /** Ask which of several medicines a word was meant to be, and search for the one that is chosen. */
  #choice({ typed, names }) {
    const buttons = names.map((name) => {
      const button = make("button", { type: "button", class: "instead" }, name);
      button.addEventListener("click", () => {
        this.#box.value = this.#box.value.replace(/[\p{L}\p{M}\p{N}_]+/gu, (word) => (folded(word) === typed ? name : word));
        this.#search();
        this.#box.focus();
      });
      return button;
    });
    return [make("p", {}, fill(this.#words.which, { typed })), make("div", { class: "row" }, ...buttons)];
  }

  #callUs() {
    if (!PHONE.href) return [];
    return [make("p", {}, make("a", { href: PHONE.href, class: "call" }, fill(this.#words.call_us, { phone: PHONE.text })))];
  }

  #list(hits) {
    if (hits.length === 0) return [];
    const list = (some) => make("ol", { class: "hits" }, ...some.map((hit) => this.#item(hit)));
    const first = list(hits.slice(0, FIRST_SHOWN));
    if (hits.length <= FIRST_SHOWN) return [first];
    const rest = make("details", {}, make("summary", {}, this.#words.more), list(hits.slice(FIRST_SHOWN)));
    return [first, rest];
  }

  #item(hit) {
    const item = make(
      "li",
      { class: "hit" },
      make("h2", { lang: hit.lang }, make("a", { href: safeHref(hit.url) }, hit.question)),
      make("div", { class: "sentence", lang: hit.lang }, ...laidOut(hit)),
    );
    for (const { text, source } of hit.disclosures) {
      item.append(make("p", { class: "disclosure" }, source ? `${text} (${source})` : text));
    }
    const source = hit.source.name ? `${fill(this.#words.source, { source: hit.source.name })} · ` : "";
    item.append(make("p", { class: "quiet" }, `${source}${hit.review.text}`));
    return item;
  }
}

if (!customElements.get("kb-search")) customElements.define("kb-search", ClinicSearch);
