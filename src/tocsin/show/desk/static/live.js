// Tells a page that is open what came in and what rang since (server-sent events). A hidden tab listens to nothing.
"use strict";
(() => {
  const news = document.getElementById("news");
  const rings = document.getElementById("rings");
  const NUMBER = new Intl.NumberFormat("en");
  let stream = null;
  let mark = "";
  let claims = 0;

  const counted = (number, noun) => `${NUMBER.format(number)} new ${noun}${number === 1 ? "" : "s"}`;

  const ring = (alert) => {
    const item = document.createElement("li");
    item.dataset.level = alert.level;
    const link = document.createElement("a");
    link.href = `/alerts/${alert.id}`;
    link.textContent = alert.title;
    const level = document.createElement("b");
    level.textContent = alert.level;
    const reason = document.createElement("span");
    reason.textContent = alert.reason;
    const away = document.createElement("button");
    away.type = "button";
    away.className = "quiet icon";
    away.setAttribute("aria-label", `Put away: ${alert.title}`);
    away.textContent = "×";
    away.addEventListener("click", () => item.remove());
    item.append(level, " ", link, " ", reason, away);
    rings.prepend(item);
    while (rings.children.length > 4) rings.lastElementChild.remove();
  };

  const take = (event) => {
    mark = event.lastEventId;
    const told = JSON.parse(event.data);
    claims += told.claims;
    if (claims) {
      news.textContent = counted(claims, "claim");
      news.hidden = false;
    }
    told.alerts.forEach(ring);
    document.dispatchEvent(new CustomEvent("tocsin:news", { detail: told }));
  };

  const listen = () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource(mark ? `/events?since=${mark}` : "/events");
      stream.addEventListener("hello", (event) => {
        mark = event.lastEventId;
        document.documentElement.dataset.live = "";
      });
      stream.addEventListener("news", take);
    }
  };
  news.addEventListener("click", () => location.reload());
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => stream?.close());
  listen();
})();
