// Keyboard, palette, theme: what every page of the desk has. No framework; without it all pages work by their links.
"use strict";
(() => {
  const palette = document.getElementById("palette");
  const input = document.getElementById("palette-input");
  const list = document.getElementById("palette-list");
  const keysOn = document.getElementById("single-keys");
  const ID = /^[0-9a-f]{16}$/;

  const open = (dialog) => {
    if (dialog.open) return;
    dialog.showModal();
    if (dialog === palette) {
      input.value = "";
      offer();
    }
  };

  const targets = () => {
    const words = input.value.trim();
    const lower = words.toLowerCase();
    const pages = [...document.querySelectorAll(".rail a")]
      .filter((link) => link.textContent.toLowerCase().includes(lower))
      .map((link) => [link.textContent, link.getAttribute("href")]);
    if (!words) return pages;
    const found = [];
    if (ID.test(lower)) found.push([`Claim ${lower}`, `/claims/${lower}`], [`Article ${lower}`, `/documents/${lower}`]);
    return [...found, ...pages, [`Find “${words}”`, `/find?${new URLSearchParams({ q: words })}`]];
  };
  const offer = () => {
    list.replaceChildren(
      ...targets().map(([label, address], number) => {
        const item = document.createElement("li");
        item.id = `palette-${number}`;
        item.setAttribute("role", "option");
        item.textContent = label;
        item.dataset.href = address;
        return item;
      }),
    );
    select(list.firstElementChild);
  };
  const select = (item) => {
    for (const one of list.children) one.setAttribute("aria-selected", String(one === item));
    input.setAttribute("aria-activedescendant", item ? item.id : "");
    if (item) item.scrollIntoView({ block: "nearest" });
  };
  const selected = () => list.querySelector("[aria-selected=true]");
  const go = (item) => item && location.assign(item.dataset.href);

  input.addEventListener("input", offer);
  input.addEventListener("keydown", (event) => {
    const at = selected();
    if (event.key === "ArrowDown") select(at?.nextElementSibling || list.firstElementChild);
    else if (event.key === "ArrowUp") select(at?.previousElementSibling || list.lastElementChild);
    else if (event.key === "Enter") go(at);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => go(event.target.closest("li")));

  // A list is walked entry by entry; the focus moves to the entry's main link, so Enter opens it.
  let chosen = null;
  const choose = (item, focus) => {
    if (chosen) delete chosen.dataset.chosen;
    chosen = item;
    if (!item) return;
    item.dataset.chosen = "";
    if (focus) {
      item.querySelector("[data-main]").focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
    }
  };
  const step = (by) => {
    const items = [...document.querySelectorAll("[data-item]")];
    const at = items.indexOf(chosen);
    const next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by];
    if (next) choose(next, true);
    return items.length > 0;
  };
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && item !== chosen) choose(item, false);
  });

  const KEY = "tocsin-single-keys";
  const told = () => {
    document.documentElement.dataset.keys = keysOn.checked ? "on" : "off";
  };
  keysOn.checked = localStorage.getItem(KEY) !== "off";
  told();
  keysOn.addEventListener("change", () => {
    localStorage.setItem(KEY, keysOn.checked ? "on" : "off");
    told();
  });
  const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !keysOn.checked) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "/") open(palette);
    else if (event.key === "?") open(document.getElementById("help"));
    else if (event.key === "j" || event.key === "k") {
      if (!step(event.key === "j" ? 1 : -1)) return;
    } else if (event.key === "Escape") choose(null);
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) open(document.getElementById(opener.dataset.open));
    else if (event.target.matches("dialog")) event.target.close();
  });

  // Entries that were loaded after others: the focus goes to the first of them, where the link was that loaded them.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const more = event.detail.target.closest(".more");
    if (!more) return;
    const before = more.previousElementSibling;
    document.addEventListener("htmx:afterSwap", () => before?.nextElementSibling && choose(before.nextElementSibling, true), { once: true });
  });

  const root = document.documentElement;
  document.querySelector("[data-theme-switch]").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
  });

  // Where the pages stand in one line that does not fit, the one that is shown must be in sight.
  const rail = document.querySelector(".rail");
  const here = rail.querySelector("[aria-current]");
  if (here && rail.scrollWidth > rail.clientWidth) rail.scrollLeft = here.offsetLeft - (rail.clientWidth - here.offsetWidth) / 2;

  // What htmx changes carries the token of the page, and what it brings in is told to those who do not see it.
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRF-Token"] = document.querySelector("meta[name=csrf-token]").content;
  });
  document.addEventListener("htmx:responseError", (event) => {
    document.getElementById("status").textContent = `This could not be done (${event.detail.xhr.status}).`;
  });
})();
