/* The patient's box: suggests questions while one types, shows the card of someone in danger at once, and is found as
 * it was left when one comes back.
 */

import { cardsOf, combobox, make, makeCard, safeHref } from "./asking.js";

const input = document.querySelector("form[data-suggest] #q");

if (input) {
  const form = input.form;
  const { suggest, one, many, none, term } = form.dataset;
  const list = make("ul", { id: "suggestions", class: "suggestions", "aria-label": form.dataset.label });
  list.hidden = true;
  const status = make("p", { class: "unseen", role: "status" });
  const cards = make("div");
  input.closest(".search-row").append(list);
  form.append(status);
  form.after(cards);

  // In the history of this tab, not in the address: it goes when the tab goes. A page of results brings its question
  // itself; touching its history would make Back ask for it by GET, without the question.
  const isResults = input.defaultValue !== "";
  const keep = () => isResults || history.replaceState({ box: input.value }, "");

  const { ask, close } = combobox({
    input,
    list,
    status,
    address: suggest,
    language: document.documentElement.lang,
    words: { one, many, none, term },
    open({ url }) {
      keep();
      location.assign(safeHref(url));
    },
    search: () => form.requestSubmit(),
    onSafety(safety) {
      // One that the page brought already stays alone.
      if (document.querySelector("main > .card")) return;
      cards.replaceChildren(...cardsOf(safety).map(makeCard));
    },
  });

  form.addEventListener("submit", close);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href]")) keep();
  });

  const left = history.state?.box;
  if (left && left !== input.value) {
    input.value = left;
    input.focus();
    ask();
  }
}

// Whom to call stays reachable without a line.
addEventListener("load", () => navigator.serviceWorker?.register("/sw.js").catch(() => {}));
