// The sheet of the drawing pad: ink, the image the network gets, its outputs. See drawing.py.
// Ink is drawn here at once; Python is sent the strokes, at most about twenty times a second.
const PERIOD = 50; // ms between two messages
const NEAR = 0.004; // points nearer than this part of the sheet add nothing

function render({ model, el }) {
  el.classList.add("nnbook-pad");
  el.innerHTML = `
    <div class="work">
      <canvas class="sheet" tabindex="0" role="img"></canvas>
      <div class="row">
        <button type="button" class="undo jupyter-button">Undo</button>
        <button type="button" class="clear jupyter-button">Clear</button>
      </div>
      <div class="row digits">
        <label>Test digit <input type="number" min="0" step="1" value="0"></label>
        <button type="button" class="load jupyter-button">Load</button>
        <button type="button" class="next jupyter-button">Next digit</button>
      </div>
    </div>
    <figure>
      <canvas class="image" width="28" height="28" role="img"
              aria-label="The 28 by 28 image that the network gets"></canvas>
      <figcaption>What the network gets: 28 × 28 pixels, centred</figcaption>
    </figure>
    <div class="outputs"><div class="heading"></div><div class="bars"></div></div>
    <div class="answer"></div>
    <div class="spoken" role="status" aria-live="polite"></div>`;
  const find = (name) => el.querySelector(name);
  const sheet = find(".sheet"), paper = sheet.getContext("2d");
  const image = find(".image"), field = image.getContext("2d");
  const number = find("input");
  let strokes = model.get("strokes").map((stroke) => [...stroke]);
  let pointer = null, timer = null, sent = 0, spoken = null;

  // ---- ink on the sheet ----

  function pen() {
    paper.lineCap = paper.lineJoin = "round";
    paper.lineWidth = model.get("pen") * sheet.width;
    paper.strokeStyle = "#000";
  }

  function line(stroke, from = 0) {
    paper.beginPath();
    const [x, y] = stroke[from];
    paper.moveTo(x * sheet.width, y * sheet.height);
    paper.lineTo(x * sheet.width + 0.1, y * sheet.height); // one point alone is a dot
    for (const [x, y] of stroke.slice(from + 1)) paper.lineTo(x * sheet.width, y * sheet.height);
    paper.stroke();
  }

  function redraw() {
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, sheet.width, sheet.height);
    const loaded = model.get("digit") >= 0;
    if (loaded) {
      paper.imageSmoothingEnabled = false;
      paper.drawImage(image, 0, 0, sheet.width, sheet.height);
    }
    pen();
    for (const stroke of strokes) line(stroke);
    sheet.setAttribute("aria-label", loaded
      ? `Sheet with test digit ${model.get("digit")}; drawing begins a new one`
      : `Draw a digit here with mouse or finger; strokes so far: ${strokes.length}`);
  }

  function fit() { // as many pixels as the screen has, also after zooming
    const side = Math.round(sheet.clientWidth * (window.devicePixelRatio || 1));
    if (side && side !== sheet.width) {
      sheet.width = sheet.height = side;
      redraw();
    }
  }

  // ---- to Python ----

  function send() {
    clearTimeout(timer);
    timer = null;
    sent = performance.now();
    model.set({ strokes: strokes.map((stroke) => [...stroke]), digit: -1 });
    model.save_changes();
  }

  function schedule() {
    if (timer === null) timer = setTimeout(send, Math.max(0, sent + PERIOD - performance.now()));
  }

  function load(digit) {
    const count = model.get("count");
    if (!count || !Number.isFinite(digit)) return;
    digit = Math.min(Math.max(Math.round(digit), 0), count - 1);
    clearTimeout(timer);
    timer = null;
    strokes = [];
    number.value = digit;
    model.set({ strokes: [], digit });
    model.save_changes();
  }

  function change(edited) {
    strokes = edited;
    if (model.get("digit") >= 0) model.set("digit", -1);
    redraw();
    schedule();
  }

  // ---- mouse, finger, pen ----

  function place(event) {
    const box = sheet.getBoundingClientRect(), scale = sheet.offsetWidth / box.width;
    return [
      ((event.clientX - box.left) * scale - sheet.clientLeft) / sheet.clientWidth,
      ((event.clientY - box.top) * scale - sheet.clientTop) / sheet.clientHeight,
    ].map((part) => Math.round(part * 1e4) / 1e4);
  }

  function down(event) {
    if (pointer !== null || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    sheet.focus({ preventScroll: true });
    sheet.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    change([...(model.get("digit") >= 0 ? [] : strokes), [place(event)]]);
  }

  function move(event) {
    if (event.pointerId !== pointer) return;
    const stroke = strokes.at(-1), from = stroke.length - 1;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const one of passed.length ? passed : [event]) {
      const [x, y] = place(one), [u, v] = stroke.at(-1);
      if (Math.hypot(x - u, y - v) > NEAR) stroke.push([x, y]);
    }
    if (stroke.length - 1 > from) {
      pen();
      line(stroke, from);
      schedule();
    }
  }

  const up = (event) => { if (event.pointerId === pointer) pointer = null; };
  const undo = () => change(strokes.slice(0, -1));
  const clear = () => change([]);

  function key(event) {
    event.stopPropagation(); // the notebook's own shortcuts are not meant
    if (event.key === "Backspace" || (event.key === "z" && (event.ctrlKey || event.metaKey))) undo();
    else if (event.key === "Delete") clear();
    else return;
    event.preventDefault();
  }

  // ---- from Python ----

  function showImage() {
    const { buffer, byteOffset, byteLength } = model.get("picture");
    const bytes = new Uint8Array(buffer, byteOffset, byteLength), pixels = field.createImageData(28, 28);
    for (let i = 0; i < 784; i++) {
      pixels.data.fill(255 - (bytes[i]), 4 * i, 4 * i + 3);
      pixels.data[4 * i + 3] = 255;
    }
    field.putImageData(pixels, 0, 0);
    if (model.get("digit") >= 0) redraw();
  }

  function showOutputs() {
    const outputs = model.get("outputs"), kind = model.get("kind");
    const known = outputs.filter((value) => value !== null);
    const best = known.length ? outputs.indexOf(Math.max(...known)) : -1;
    find(".heading").textContent = kind === "probability" ? "Probabilities (softmax)" : "Outputs of the network";
    find(".bars").innerHTML = Array.from({ length: 10 }, (_, digit) => {
      const value = outputs[digit] ?? null, shown = value === null ? "–" : value.toFixed(2);
      const part = Math.min(Math.max(value ?? 0, 0), 1);
      return `<div class="bar${digit === best ? " best" : ""}" role="meter" aria-valuemin="0"
        aria-valuemax="1" aria-valuenow="${part}" aria-valuetext="${shown}" aria-label="${kind} for ${digit}">
        <span>${digit}</span><div class="track"><div style="width:${(100 * part).toFixed(1)}%"></div></div>
        <span class="value">${shown}</span></div>`;
    }).join("");
  }

  function showAnswer() {
    const answer = model.get("answer");
    find(".answer").textContent = answer;
    clearTimeout(spoken); // a screen reader is told when the hand rests, not at every point
    spoken = setTimeout(() => (find(".spoken").textContent = answer), 700);
  }

  function showStrokes() { // set by Python or by another view of this pad
    if (pointer !== null || timer !== null) return;
    strokes = model.get("strokes").map((stroke) => [...stroke]);
    if (model.get("digit") >= 0) number.value = model.get("digit");
    redraw();
  }

  sheet.addEventListener("pointerdown", down);
  sheet.addEventListener("pointermove", move);
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) sheet.addEventListener(end, up);
  sheet.addEventListener("keydown", key);
  find(".undo").addEventListener("click", undo);
  find(".clear").addEventListener("click", clear);
  find(".load").addEventListener("click", () => load(number.valueAsNumber));
  find(".next").addEventListener("click", () => load((model.get("digit") + 1 || number.valueAsNumber + 1) % model.get("count")));
  number.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") load(number.valueAsNumber);
  });
  find(".digits").hidden = !model.get("count");
  number.max = model.get("count") - 1;

  const listeners = {
    "change:picture": showImage, "change:outputs": showOutputs, "change:answer": showAnswer,
    "change:strokes": showStrokes, "change:digit": showStrokes,
  };
  for (const [name, listener] of Object.entries(listeners)) model.on(name, listener);
  const watcher = new ResizeObserver(fit);
  watcher.observe(sheet);
  window.addEventListener("resize", fit);
  showImage();
  showOutputs();
  showAnswer();
  fit();
  showStrokes();
  return () => {
    clearTimeout(timer);
    clearTimeout(spoken);
    watcher.disconnect();
    window.removeEventListener("resize", fit);
    for (const [name, listener] of Object.entries(listeners)) model.off(name, listener);
  };
}

export default { render };
