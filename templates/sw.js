/* Keeps one page for when there is no line: whom to call. Never a question, a result or an answer. */

const PAGES = {{ pages | tojson }};
const FILES = {{ files | tojson }};
const KEPT = [...Object.values(PAGES), ...FILES];
const CACHE = "offline";

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(KEPT.map((path) => new Request(path, { cache: "no-cache" })));
      for (const request of await cache.keys()) {
        const { pathname, search } = new URL(request.url);
        if (!KEPT.includes(pathname + search)) await cache.delete(request);
      }
      await skipWaiting();
    })(),
  );
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const offlinePage = (url) => {
  const step = new URL(url).pathname.split("/")[1];
  return caches.match(PAGES[step] ?? PAGES[Object.keys(PAGES)[0]]);
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, search } = new URL(request.url);
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => offlinePage(request.url)));
  } else if (request.method === "GET" && FILES.includes(pathname + search)) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
