"use strict";
(() => {
  const claims = [...document.querySelectorAll(".claim")];
  const pieces = new Map();
  for (const article of document.querySelectorAll(".document")) {
    for (const piece of article.querySelectorAll("[data-m]")) {
      for (const mark of piece.dataset.m.trim().split(" ")) {
        const key = article.id + "c" + mark.slice(0, -1);
        if (!pieces.has(key)) pieces.set(key, []);
        pieces.get(key).push([piece, "on-" + mark.slice(-1)]);
      }
    }
  }
  let chosen = null;

  const visible = (element) => {
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior });
  };
  const letGo = () => {
    if (!chosen) return;
    chosen.removeAttribute("aria-current");
    for (const [piece, name] of pieces.get(chosen.id) || []) piece.classList.remove(name);
    chosen = null;
  };
  const trigger = (claim) => document.getElementById(claim.id.replace("c", "t"));
  const choose = (claim, focus) => {
    if (claim !== chosen) {
      letGo();
      chosen = claim;
      claim.setAttribute("aria-current", "true");
      for (const [piece, name] of pieces.get(claim.id) || []) piece.classList.add(name);
    }
    if (focus) claim.querySelector("a").focus({ preventScroll: true });
  };
  const step = (by) => {
    const at = chosen ? claims.indexOf(chosen) + by : by > 0 ? 0 : claims.length - 1;
    if (at < 0 || at >= claims.length) return;
    choose(claims[at], true);
    visible(claims[at]);
    if (matchMedia("(min-width: 60rem)").matches) visible(trigger(claims[at]));
  };

  const smallest = (piece) => {
    const article = piece.closest(".document").id;
    const found = piece.dataset.m.trim().split(" ").map((mark) => document.getElementById(article + "c" + mark.slice(0, -1)));
    const all = [...new Set(found)];
    return all[(all.indexOf(chosen) + 1) % all.length];
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const piece = event.target.closest("[data-m]");
    const claim = event.target.closest(".claim");
    if (piece && !String(getSelection())) {
      event.preventDefault();
      const next = smallest(piece);
      choose(next, piece.matches("a"));
      visible(next);
    } else if (claim && !String(getSelection())) {
      event.preventDefault();
      choose(claim, false);
      visible(trigger(claim));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog") || document.documentElement.dataset.keys === "off") return;
    const inside = event.target.closest && event.target.closest(".claims");
    if (event.key === "j" || (inside && event.key === "ArrowDown")) step(1);
    else if (event.key === "k" || (inside && event.key === "ArrowUp")) step(-1);
    else if (event.key === "Escape") letGo();
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    const claim = event.target.closest(".claim");
    if (claim) choose(claim, false);
  });
  const named = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1).replace("t", "c"));
    if (target && target.matches(".claim")) choose(target, false);
  };
  addEventListener("hashchange", named);
  named();
})();
