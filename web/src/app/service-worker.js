// The console without a network: its own files are kept on the device, its data by lib/kept-queries.ts. The bundler fills in `kept`.
const { version, files } = globalThis.kept;
const prefix = "doorstep-";
const page = "/console";
/** On a bad line a page that is there at once is better than a newer one some time. */
const patience = 4000;

const newest = () => caches.open(prefix + version);

async function keepFiles() {
  const cache = await newest();
  await cache.addAll([page, ...files]);
  await skipWaiting();
}

/** The version before stays: pages that are still open ask for its files. */
async function tidy() {
  const older = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== prefix + version);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
  await clients.claim();
}

async function openPage(request) {
  const cache = await newest();
  const kept = await cache.match(page);
  if (!kept) return fetch(request);
  const late = new Promise((resolve) => {
    setTimeout(() => resolve(kept), patience);
  });
  return Promise.race([fetch(request).catch(() => kept), late]);
}

async function openFile(request) {
  return (await caches.match(request)) ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(keepFiles()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const ours = pathname === "/login" || pathname === page || pathname.startsWith(`${page}/`);
  if (request.mode === "navigate" && ours) event.respondWith(openPage(request));
  else if (pathname.startsWith("/assets/")) event.respondWith(openFile(request));
});
