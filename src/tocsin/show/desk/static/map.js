// The map: draws what the list beside it says, and has the list changed as the view moves. The list works without it.
import { Map, NavigationControl, ScaleControl } from "/static/vendor/maplibre-gl.mjs";

const holder = document.getElementById("map");
const list = document.getElementById("places");
const here = document.getElementById("here");
const WORLD = [[-168, -56], [190, 74]];
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
const items = () => [...list.querySelectorAll("li[data-lon]")];
const window_ = () => {
  const said = new URLSearchParams(location.search);
  for (const name of ["bbox", "zoom"]) said.delete(name);
  return said;
};

// What the list says, as GeoJSON; a place is known by its number in the list.
const features = () => ({
  type: "FeatureCollection",
  features: items().map((item, at) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [Number(item.dataset.lon), Number(item.dataset.lat)] },
    properties: {
      at,
      claims: Number(item.dataset.claims),
      label: COMPACT.format(Number(item.dataset.claims)),
      area: "area" in item.dataset,
    },
  })),
});

const style = async () => {
  const base = await (await fetch(`/static/map/${isDark() ? "dark" : "light"}.json`)).json();
  const ink = isDark() ? "#f0a06a" : "#9a4413";
  const paper = isDark() ? "#1b1a17" : "#ffffff";
  const radius = ["interpolate", ["linear"], ["log10", ["max", 1, ["get", "claims"]]], 0, 8, 1, 12, 2, 16, 3, 21, 5, 28];
  const order = ["-", 0, ["get", "claims"]];
  const filled = ["case", ["get", "area"], 0.12, 0.9];
  return {
    ...base,
    sources: { ...base.sources, claims: { type: "geojson", data: features() } },
    layers: [
      ...base.layers,
      { id: "chosen", type: "circle", source: "claims", filter: ["==", ["get", "at"], chosen],
        paint: { "circle-radius": ["+", 6, radius], "circle-color": ink, "circle-opacity": 0.25 } },
      { id: "claims", type: "circle", source: "claims", layout: { "circle-sort-key": order },
        paint: { "circle-radius": radius, "circle-color": ink, "circle-opacity": filled, "circle-stroke-color": ink, "circle-stroke-width": 1.5 } },
      { id: "counts", type: "symbol", source: "claims",
        layout: { "text-field": ["get", "label"], "text-font": ["Liberation Sans", "DejaVu Sans", "Arial", "sans-serif"], "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true, "symbol-sort-key": order },
        paint: { "text-color": ["case", ["get", "area"], isDark() ? "#ffd9bd" : "#6d2f0b", paper], "text-halo-color": ["case", ["get", "area"], paper, "rgba(0,0,0,0)"], "text-halo-width": 1.2 } },
    ],
  };
};

let chosen = -1;
const choose = (at) => {
  chosen = at;
  items().forEach((item, number) => {
    if (number === at) item.dataset.chosen = "";
    else delete item.dataset.chosen;
  });
  if (map.getLayer("chosen")) map.setFilter("chosen", ["==", ["get", "at"], at]);
};

const box = () => {
  const bounds = map.getBounds();
  const clamp = (value, most) => Math.max(-most, Math.min(most, value));
  const turn = (value) => ((((value + 180) % 360) + 360) % 360) - 180;
  const all = bounds.getEast() - bounds.getWest() >= 360;
  const sides = [all ? -180 : turn(bounds.getWest()), clamp(bounds.getSouth(), 90), all ? 180 : turn(bounds.getEast()), clamp(bounds.getNorth(), 90)];
  return sides.map((side) => side.toFixed(3)).join(",");
};

// The newest view wins: an answer that comes late is dropped.
let asked = 0;
const look = async (moved) => {
  const said = window_();
  said.set("bbox", box());
  if (moved) {
    history.replaceState(null, "", `/map?${said}`);
    document.getElementById("as-list").href = `/find?${said}`;
  }
  said.set("zoom", map.getZoom().toFixed(2));
  const mine = ++asked;
  holder.setAttribute("aria-busy", "true");
  const answer = await fetch(`/map/places?${said}`, { headers: { "HX-Request": "true" } });
  if (mine !== asked) return;
  holder.removeAttribute("aria-busy");
  if (!answer.ok) {
    document.getElementById("status").textContent = `The places could not be read (${answer.status}).`;
    return;
  }
  list.innerHTML = await answer.text();
  htmx.process(list);
  choose(-1);
  map.getSource("claims")?.setData(features());
};

const start = () => {
  const given = holder.dataset.box.split(",").map(Number);
  const bounds = given.length === 4
    ? [[given[0], given[1]], [given[2] < given[0] ? given[2] + 360 : given[2], given[3]]]
    : WORLD;
  return { bounds, fitBoundsOptions: { padding: given.length === 4 ? 0 : 12, duration: 0 } };
};

let map;
const draw = async () => {
  map = new Map({
    container: holder, style: await style(), ...start(), minZoom: 0, maxZoom: 9, attributionControl: false, dragRotate: false,
    pitchWithRotate: false, touchPitch: false, renderWorldCopies: true, fadeDuration: still ? 0 : 150,
    locale: { "Map.Title": "Map of the places in the list" },
  });
  holder.map = map;
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl(), "bottom-left");
  map.on("load", () => {
    holder.dataset.ready = "";
    look(false);
    map.on("moveend", () => look(true));
  });
  const near = (point) => map.queryRenderedFeatures([[point.x - 3, point.y - 3], [point.x + 3, point.y + 3]], { layers: ["claims"] });
  map.on("click", (event) => {
    const [first] = near(event.point);
    if (first) items()[first.properties.at]?.querySelector("[data-main]").click();
  });
  map.on("mousemove", (event) => { map.getCanvas().style.cursor = near(event.point).length ? "pointer" : ""; });
  const dress = async () => map.setStyle(await style());
  dark.addEventListener("change", dress);
  new MutationObserver(dress).observe(document.documentElement, { attributeFilter: ["data-theme"] });
};

// A place of the list was opened, by the map or by hand: its claims take the place of the list until one goes back.
document.addEventListener("htmx:afterRequest", (event) => {
  const item = event.target.closest?.("#places li");
  if (!item || !event.detail.successful) return;
  choose(items().indexOf(item));
  list.hidden = true;
  here.closest(".side").scrollTop = 0;
  document.getElementById("here-title").focus({ preventScroll: true });
});
here.addEventListener("click", (event) => {
  if (!event.target.closest("[data-leave]")) return;
  here.replaceChildren();
  list.hidden = false;
  const item = items()[chosen];
  choose(-1);
  item?.querySelector("[data-main]").focus();
});

draw().catch((fault) => {
  holder.classList.add("failed");
  holder.textContent = "This browser draws no map (WebGL is off); the list holds the same.";
  console.warn(fault.message);
});
