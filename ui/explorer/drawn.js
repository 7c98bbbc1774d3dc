// Shows markup that Python put together from escaped texts, and tells Python what was clicked. Nothing is loaded.
const shown = new WeakMap();

export default function ({ parentElement, data: [data], setTriggerValue }) {
  const root = parentElement.querySelector(".drawn");
  let state = shown.get(root);
  if (!state) {
    state = { html: null, views: {} };
    shown.set(root, state);
    root.addEventListener("click", (event) => clicked(root, event, state));
    root.addEventListener("pointerdown", () => pressing(state));
    const pressed = (event) => {
      if (root.isConnected) keyed(event, state);
      else document.removeEventListener("keydown", pressed, true);
    };
    document.addEventListener("keydown", pressed, true);
  }
  // what Streamlit shows above the page, such as a popover, does not inherit from the page whether it is dark
  root.style.colorScheme = getComputedStyle(document.querySelector(".stApp")).colorScheme;
  state.keys = data.keys ?? {};
  state.tell = (act) => setTriggerValue("act", act);
  // between pressing and letting go nothing is exchanged: the click would be on nothing
  if (state.pressed) state.later = () => draw(root, state, data);
  else draw(root, state, data);
  if (data.remember) remembered(data.remember, state.tell);
  if (data.file) received(data.file);
}

function draw(root, state, data) {
  state.later = null;
  if (state.html !== data.html) {
    const focused = focusOf(root);
    root.innerHTML = data.html;
    state.html = data.html;
    for (const pane of root.querySelectorAll(".pane")) zoomable(pane, state.views);
    if (focused) root.querySelector(`[data-act="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  if (data.go && data.go !== state.went) {
    state.went = data.go;
    reveal(root, data.go);
  }
}

function pressing(state) {
  state.pressed = true;
  const ended = () => {
    for (const kind of ["pointerup", "pointercancel", "blur"]) window.removeEventListener(kind, ended, true);
    setTimeout(() => {
      state.pressed = false;
      state.later?.();
    }); // after the click
  };
  for (const kind of ["pointerup", "pointercancel", "blur"]) window.addEventListener(kind, ended, true);
}

function focusOf(root) {
  const active = root.getRootNode().activeElement;
  return active && root.contains(active) ? active.dataset.act : null;
}

function clicked(root, event, state) {
  const target = event.target.closest("[data-act], [data-form], a[href^='#']");
  if (!target || !root.contains(target)) return;
  if (target.dataset.form) {
    const { save: name, form, name: file } = target.dataset;
    const named = name && root.querySelector(`svg[data-graph="${name}"], svg[data-plot="${name}"]`);
    save(named || shownIn(target.closest("figure")), form, file);
  } else if (target.dataset.act) {
    state.tell(target.dataset.act);
  } else {
    event.preventDefault();
    reveal(root, target.getAttribute("href").slice(1), Number(target.dataset.to) || 0);
  }
}

// A key alone does what a button does, unless somebody is typing.
function keyed(event, state) {
  const act = state.keys[event.key];
  const typing = event.composedPath()[0].closest?.("input, textarea, select, [contenteditable], [role=combobox]");
  if (!act || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  event.preventDefault();
  event.stopPropagation();
  state.tell(act);
}

// Links within a page: an anchor in a shadow root is not found by the browser itself.
function reveal(root, name, to = 0) {
  const place = root.querySelector(`[id="${CSS.escape(name)}"]`);
  if (!place) return;
  for (const old of root.querySelectorAll(".lit")) old.classList.remove("lit");
  place.classList.add("lit");
  for (let line = Number(name.match(/^line-(\d+)$/)?.[1] ?? Infinity); line <= to; line += 1) {
    root.querySelector(`#line-${line}`)?.classList.add("lit");
  }
  if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
  // at once, and only where it is not in view yet with what stands around it (scroll-margin): what somebody clicked
  // on stays under the pointer, and nobody waits for a page that is still moving
  place.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// A graph in a pane that scrolls; zoomed by buttons, by the wheel with Ctrl, and by the keys + - 0. Zoom and place
// are kept by the graph's name, so that a click in it, which draws it anew, moves nothing.
function zoomable(pane, views) {
  const graph = pane.querySelector("svg");
  const [, , wide, high] = graph.dataset.whole.split(" ").map(Number);
  const view = (views[graph.dataset.graph] ??= { zoom: null, left: 0, top: 0 });
  const fit = () => Math.min(1, pane.clientWidth / wide, pane.clientHeight / high);
  const resize = () => {
    graph.setAttribute("width", wide * view.zoom);
    graph.setAttribute("height", high * view.zoom);
  };
  const zoom = (to, x = pane.clientWidth / 2, y = pane.clientHeight / 2) => {
    const by = Math.min(Math.max(to, 0.08), 4) / view.zoom;
    view.zoom *= by;
    resize();
    pane.scrollLeft = (pane.scrollLeft + x) * by - x;
    pane.scrollTop = (pane.scrollTop + y) * by - y;
  };
  if (view.zoom === null) {
    view.zoom = Math.min(1, Math.max(0.75, pane.clientWidth / wide));
    const [x, y] = graph.dataset.focus.split(" ").map(Number);
    view.left = x * view.zoom - 20;
    view.top = y * view.zoom - pane.clientHeight / 2;
    if (view.top < 60) view.top = 0; // the years stand there
  }
  resize();
  pane.scrollLeft = view.left;
  pane.scrollTop = view.top;
  pane.addEventListener("scroll", () => Object.assign(view, { left: pane.scrollLeft, top: pane.scrollTop }));
  pane.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const { left, top } = pane.getBoundingClientRect();
    zoom(view.zoom * (event.deltaY > 0 ? 1 / 1.15 : 1.15), event.clientX - left, event.clientY - top);
  }, { passive: false });
  let from = null;
  pane.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") from = { x: event.clientX, y: event.clientY, left: view.left, top: view.top };
  });
  pane.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    from.moved ||= Math.hypot(x, y) > 4;
    if (from.moved) pane.scrollTo(from.left - x, from.top - y);
  });
  pane.addEventListener("click", (event) => {
    if (from?.moved) event.stopPropagation(); // the end of a drag is no click on what lies below
    from = null;
  }, true);
  const keys = { "+": () => zoom(view.zoom * 1.25), "-": () => zoom(view.zoom / 1.25), "0": () => zoom(fit()) };
  pane.addEventListener("keydown", (event) => {
    const node = event.target.closest("[data-act]");
    if (node && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      node.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  for (const button of pane.parentElement.querySelectorAll("[data-zoom]")) {
    button.onclick = () => keys[button.dataset.zoom]();
  }
}

// Of a chart in a wide and a narrow form the one that is seen.
function shownIn(figure) {
  return [...figure.querySelectorAll("svg")].find((drawn) => drawn.getClientRects().length);
}

// The drawing as a file, made here from what is shown: the whole of it, whatever part is in view.
function save(graph, form, name) {
  const copy = graph.cloneNode(true);
  const [x, y, wide, high] = graph.getAttribute("viewBox").split(" ").map(Number);
  copy.setAttribute("viewBox", [x, y, wide, high].join(" "));
  copy.setAttribute("width", wide);
  copy.setAttribute("height", high);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const drawn = [copy, ...copy.querySelectorAll("*")];
  const styled = [graph, ...graph.querySelectorAll("*")];
  const kept = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-family", "font-weight", "opacity"];
  styled.forEach((element, at) => {
    const style = getComputedStyle(element);
    drawn[at].setAttribute("style", kept.map((rule) => `${rule}:${style.getPropertyValue(rule)}`).join(";"));
  });
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [key, value] of Object.entries({ x, y, width: wide, height: high })) ground.setAttribute(key, value);
  ground.setAttribute("fill", getComputedStyle(graph).getPropertyValue("--ground") || "#fff");
  copy.prepend(ground);
  const text = new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  if (form === "svg") return handOver(text, `${name}.svg`);
  const image = new Image();
  const source = URL.createObjectURL(text);
  image.onload = () => {
    const canvas = document.createElement("canvas");
    const scale = Math.min(2, 8000 / Math.max(wide, high));
    canvas.width = wide * scale;
    canvas.height = high * scale;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(source);
    canvas.toBlob((blob) => handOver(blob, `${name}.png`), "image/png");
  };
  image.src = source;
}

// A file that Python made. It is saved once: a part of the page that is closed and opened is shown it again.
function received({ id, name, mime, data }) {
  const received = (document.cutgraphReceived ??= new Set());
  if (received.has(id)) return;
  received.add(id);
  handOver(new Blob([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], { type: mime }), name);
}

function handOver(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// A value that this browser keeps, such as the name of who reviews.
function remembered({ key, value, recall }, tell) {
  try {
    if (value) localStorage.setItem(key, value);
    else if (recall && localStorage.getItem(key)) tell(JSON.stringify({ recalled: localStorage.getItem(key) }));
  } catch { /* a browser that keeps nothing: the name is asked for again */ }
}
