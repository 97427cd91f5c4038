// A sheet on which a curve is drawn by mouse, finger or keyboard. See curve_sheet.py.
// The line is drawn here at once; Python is sent the values, at most about twenty times a second.
const PERIOD = 50; // ms between two messages
const LEFT = 44, RIGHT = 12, TOP = 10, BOTTOM = 34; // the margins around the field, in pixels
const BRUSH = 3; // how many columns on each side a key moves along

function render({ model, el }) {
  el.classList.add("nnbook-curve");
  el.innerHTML = `<canvas tabindex="0" role="img"></canvas>
    <div class="help">Draw with mouse or finger. By keyboard: ← → choose a place (Shift: ten),
      ↑ ↓ move the curve there.</div>
    <div class="spoken" role="status" aria-live="polite"></div>`;
  const canvas = el.querySelector("canvas"), paper = canvas.getContext("2d");
  let values = [...model.get("values")];
  let at = Math.floor(values.length / 2), pointer = null, last = null, timer = null, sent = 0;

  // ---- places ----

  const field = () => [canvas.clientWidth - LEFT - RIGHT, canvas.clientHeight - TOP - BOTTOM];
  const low = () => model.get("low"), high = () => model.get("high");
  const across = (k) => LEFT + (k / (values.length - 1)) * field()[0];
  const down = (v) => TOP + (1 - (v - low()) / (high() - low())) * field()[1];
  const kept = (v) => Math.min(Math.max(v, low()), high());
  const input = (k) => {
    const [first, end] = model.get("ends");
    return first + ((end - first) * k) / (values.length - 1);
  };
  const text = (v) => String(Math.round(100 * v) / 100).replace("-", "−");

  // ---- drawing ----

  function draw() {
    const ratio = window.devicePixelRatio || 1, style = getComputedStyle(el);
    const width = canvas.clientWidth, height = canvas.clientHeight;
    if (!width) return;
    if (canvas.width !== Math.round(width * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    paper.setTransform(ratio, 0, 0, ratio, 0, 0);
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, width, height);
    paper.font = `13px ${style.fontFamily}`;
    paper.lineWidth = 1;
    paper.strokeStyle = "#ddd";
    paper.fillStyle = "#222";
    paper.textBaseline = "middle";
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const v = low() + share * (high() - low()), k = share * (values.length - 1);
      line([[LEFT, down(v)], [width - RIGHT, down(v)]]);
      line([[across(k), TOP], [across(k), height - BOTTOM]]);
      paper.textAlign = "right";
      paper.fillText(text(v), LEFT - 6, down(v));
      paper.textAlign = share === 1 ? "right" : "center";
      paper.fillText(text(input(k)), across(k) + (share === 1 ? RIGHT - 2 : 0), height - BOTTOM + 12);
    }
    paper.textAlign = "center";
    paper.fillText(model.get("name"), (LEFT + width - RIGHT) / 2, height - 7);
    paper.strokeStyle = "#0072b2";
    paper.lineWidth = 3;
    line(values.map((v, k) => [across(k), down(v)]));
    if (document.activeElement === canvas || canvas.getRootNode().activeElement === canvas) {
      paper.fillStyle = "#d55e00";
      paper.beginPath();
      paper.arc(across(at), down(values[at]), 6, 0, 2 * Math.PI);
      paper.fill();
    }
    canvas.setAttribute("aria-label", `${model.get("words")} At ${text(input(at))}: ${text(values[at])}.`);
  }

  function line(points) {
    paper.beginPath();
    points.forEach(([x, y], k) => (k ? paper.lineTo(x, y) : paper.moveTo(x, y)));
    paper.stroke();
  }

  // ---- to Python ----

  function send() {
    clearTimeout(timer);
    timer = null;
    sent = performance.now();
    model.set("values", [...values]);
    model.save_changes();
  }

  function changed() {
    draw();
    if (timer === null) timer = setTimeout(send, Math.max(0, sent + PERIOD - performance.now()));
  }

  // ---- mouse, finger, keys ----

  function place(event) {
    const box = canvas.getBoundingClientRect(), [width, height] = field();
    const x = ((event.clientX - box.left) * canvas.clientWidth) / box.width - LEFT;
    const y = ((event.clientY - box.top) * canvas.clientHeight) / box.height - TOP;
    const k = Math.min(Math.max(Math.round((x / width) * (values.length - 1)), 0), values.length - 1);
    return [k, kept(low() + (1 - y / height) * (high() - low()))];
  }

  function stroke([k, v]) {
    const [from, start] = last ?? [k, v], steps = Math.abs(k - from);
    for (let n = 0; n <= steps; n++) {
      const share = steps ? n / steps : 1;
      values[from + Math.sign(k - from) * n] = start + share * (v - start);
    }
    last = [k, v];
    at = k;
    changed();
  }

  function press(event) {
    if (pointer !== null || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    last = null;
    stroke(place(event));
  }

  function move(event) {
    if (event.pointerId !== pointer) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const one of passed.length ? passed : [event]) stroke(place(one));
  }

  const release = (event) => { if (event.pointerId === pointer) pointer = null; };

  function key(event) {
    const far = event.shiftKey ? 10 : 1, lift = (far === 1 ? 0.02 : 0.1) * (high() - low());
    const ways = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, lift], ArrowDown: [0, -lift] };
    event.stopPropagation(); // the notebook's own shortcuts are not meant
    if (!(event.key in ways)) return;
    event.preventDefault();
    const [aside, up] = ways[event.key];
    at = Math.min(Math.max(at + aside, 0), values.length - 1);
    if (up) {
      for (let n = -BRUSH; n <= BRUSH; n++) {
        if (at + n in values) values[at + n] = kept(values[at + n] + up * (1 - Math.abs(n) / (BRUSH + 1)));
      }
      changed();
    } else {
      draw();
    }
    el.querySelector(".spoken").textContent = `at ${text(input(at))}: ${text(values[at])}`;
  }

  // ---- from Python ----

  function arrived() {
    if (pointer !== null || timer !== null) return;
    values = [...model.get("values")];
    at = Math.min(at, values.length - 1);
    draw();
  }

  canvas.addEventListener("pointerdown", press);
  canvas.addEventListener("pointermove", move);
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) canvas.addEventListener(end, release);
  canvas.addEventListener("keydown", key);
  for (const turn of ["focus", "blur"]) canvas.addEventListener(turn, draw);
  model.on("change:values", arrived);
  const watcher = new ResizeObserver(draw);
  watcher.observe(canvas);
  draw();
  return () => {
    clearTimeout(timer);
    watcher.disconnect();
    model.off("change:values", arrived);
  };
}

export default { render };
