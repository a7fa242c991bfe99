// The list of alerts grows at its head as they ring.
"use strict";
document.addEventListener("tocsin:news", async (event) => {
  const list = document.getElementById("alerts");
  if (!event.detail.alerts.length || new URLSearchParams(location.search).has("before")) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const known = new Set([...list.children].map((item) => item.id));
  const added = [...fresh.querySelectorAll("#alerts > .alert")].filter((item) => !known.has(item.id));
  document.querySelector("main > .empty")?.remove();
  list.prepend(...added);
});
