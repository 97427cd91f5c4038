// A window that slides over an image, and the neuron that sees it. See sliding_window.py.
// Hovering and arrow keys move the window here at once; Python is told where it stands.
const SIDE = 300; // screen pixels of the image and of the map
const CELL = 35; // screen pixels of a number
const BLUE = [0, 114, 178], ORANGE = [213, 94, 0], FRAME = "#D55E00";

function render({ model, el }) {
  el.classList.add("nnbook-field");
  el.innerHTML = `
    <figure><canvas class="image" tabindex="0" role="img"></canvas><figcaption></figcaption></figure>
    <figure><canvas class="map" tabindex="0" role="img"></canvas><figcaption></figcaption></figure>
    <figure class="sum"><canvas class="numbers" role="img"></canvas><figcaption></figcaption></figure>
    <div class="spoken" role="status" aria-live="polite"></div>`;
  const [image, map, numbers] = ["image", "map", "numbers"].map((c) => el.querySelector(`.${c}`));
  const captions = el.querySelectorAll("figcaption");
  const spoken = el.querySelector(".spoken");
  let row = model.get("row"), column = model.get("column"), timer = null;
  let pixels, weights, z;

  const floats = (name) => {
    const view = model.get(name);
    return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  };
  const minus = (value, digits) => value.toFixed(digits).replace(/\.0$/, "").replace(/^-0$/, "0").replace("-", "−");
  const grey = (value) => { const g = Math.round(255 * (1 - value)); return `rgb(${g},${g},${g})`; };
  function signed(value, limit) {
    const part = Math.min(1, Math.abs(value) / (limit || 1));
    const end = value < 0 ? ORANGE : BLUE;
    return `rgb(${end.map((c) => Math.round(255 + (c - 255) * part)).join(",")})`;
  }

  function sized(canvas, width, height) { // sharp on any screen
    const scale = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    return pen;
  }

  function cells(pen, values, rows, columns, size, colour) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        pen.fillStyle = colour(values[r * columns + c], r, c);
        const x = Math.round(c * size), y = Math.round(r * size);
        pen.fillRect(x, y, Math.round((c + 1) * size) - x, Math.round((r + 1) * size) - y);
      }
    }
  }

  function box(pen, x, y, width, height) {
    pen.lineWidth = 5; pen.strokeStyle = "#fff"; pen.strokeRect(x, y, width, height);
    pen.lineWidth = 3; pen.strokeStyle = FRAME; pen.strokeRect(x, y, width, height);
  }

  const largest = (values) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

  function table(pen, values, left, title, colour, digits) {
    const [high, wide] = model.get("kernel");
    pen.fillStyle = "#000";
    pen.fillText(title, left + (wide * CELL) / 2, 11);
    for (let r = 0; r < high; r++) {
      for (let c = 0; c < wide; c++) {
        const value = values[r * wide + c], x = left + c * CELL, y = 24 + r * CELL;
        pen.fillStyle = colour(value);
        pen.fillRect(x, y, CELL, CELL);
        pen.strokeStyle = "#bbb"; pen.lineWidth = 0.5;
        pen.strokeRect(x, y, CELL, CELL);
        const [red, green, blue] = pen.fillStyle.match(/\w\w/g).map((h) => parseInt(h, 16));
        pen.fillStyle = 0.3 * red + 0.6 * green + 0.1 * blue < 130 ? "#fff" : "#000";
        pen.fillText(minus(value, digits), x + CELL / 2, y + CELL / 2 + 1);
      }
    }
  }

  function draw() {
    const [height, width] = model.get("size"), [rows, columns] = model.get("places");
    const [high, wide] = model.get("kernel"), stride = model.get("stride");
    const padding = model.get("padding"), size = SIDE / height, step = SIDE / rows;
    const top = row * stride, left = column * stride;
    let pen = sized(image, SIDE, SIDE);
    cells(pen, pixels, height, width, size, (value, r, c) => {
      const inside = r >= padding && c >= padding && r < height - padding && c < width - padding;
      return inside ? grey(value) : "#dbe9f4";
    });
    box(pen, left * size, top * size, wide * size, high * size);
    pen = sized(map, SIDE, SIDE);
    const limit = largest(z);
    cells(pen, z, rows, columns, step, (value) => signed(value, limit));
    box(pen, column * step, row * step, step, step);

    const seen = [];
    for (let r = 0; r < high; r++) {
      for (let c = 0; c < wide; c++) seen.push(pixels[(top + r) * width + left + c]);
    }
    const products = seen.map((value, k) => value * weights[k]);
    const grid = wide * CELL, gap = 38, most = largest(weights);
    pen = sized(numbers, 3 * grid + 2 * gap, 26 + high * CELL);
    pen.font = "13px system-ui, sans-serif";
    pen.textAlign = "center"; pen.textBaseline = "middle";
    table(pen, seen, 0, "pixels a", grey, 1);
    table(pen, weights, grid + gap, "weights w", (v) => signed(v, 1.5 * most), 1);
    table(pen, products, 2 * (grid + gap), "products w · a", (v) => signed(v, 1.5 * most), 1);
    pen.font = "22px system-ui, sans-serif"; pen.fillStyle = "#000";
    pen.fillText("·", grid + gap / 2, 24 + (high * CELL) / 2);
    pen.fillText("=", 2 * grid + 1.5 * gap, 24 + (high * CELL) / 2);

    const value = minus(z[row * columns + column], 2);
    captions[0].textContent = `input ${height} × ${width}` + (padding ? ` with padding` : "") +
      ": hover, or click and use the arrow keys";
    captions[1].textContent = `feature map ${rows} × ${columns}: blue above 0, orange below`;
    captions[2].textContent = `Neuron j = ${row}, k = ${column}: ` +
      `the sum of the ${high * wide} products is z = ${value}`;
    image.setAttribute("aria-label",
      `The image with the window at row ${top}, column ${left}, counted from 0; arrow keys move it`);
    map.setAttribute("aria-label",
      `The feature map; neuron in row ${row}, column ${column}, counted from 0, has z = ${value}; ` +
      "arrow keys move it");
    numbers.setAttribute("aria-label", "Pixels, weights and products of the window as numbers");
    spoken.textContent = captions[2].textContent;
  }

  function load() {
    [pixels, weights, z] = ["pixels", "weights", "map"].map(floats);
    row = model.get("row"); column = model.get("column");
    draw();
  }

  function go(r, c) {
    const [rows, columns] = model.get("places");
    r = Math.min(Math.max(r, 0), rows - 1);
    c = Math.min(Math.max(c, 0), columns - 1);
    if (r === row && c === column) return;
    row = r; column = c;
    draw();
    timer ??= setTimeout(() => { // Python need not see every place on the way
      timer = null;
      model.set({ row, column });
      model.save_changes();
    }, 60);
  }

  function hover(canvas, event) {
    const place = canvas.getBoundingClientRect();
    const x = (event.clientX - place.left) / place.width;
    const y = (event.clientY - place.top) / place.height;
    const [rows, columns] = model.get("places");
    if (canvas === map) return go(Math.floor(y * rows), Math.floor(x * columns));
    const [height, width] = model.get("size"), [high, wide] = model.get("kernel");
    const stride = model.get("stride");
    go(Math.round((y * height - high / 2) / stride), Math.round((x * width - wide / 2) / stride));
  }

  const MOVES = {
    ArrowUp: () => go(row - 1, column), ArrowDown: () => go(row + 1, column),
    ArrowLeft: () => go(row, column - 1), ArrowRight: () => go(row, column + 1),
    Home: () => go(row, 0), End: () => go(row, Infinity),
    PageUp: () => go(0, column), PageDown: () => go(Infinity, column),
  };
  for (const canvas of [image, map]) {
    canvas.addEventListener("pointermove", (event) => hover(canvas, event));
    canvas.addEventListener("pointerdown", (event) => { canvas.focus(); hover(canvas, event); });
    canvas.addEventListener("keydown", (event) => {
      event.stopPropagation(); // the notebook's own shortcuts are not meant
      if (MOVES[event.key]) { event.preventDefault(); MOVES[event.key](); }
    });
  }
  const placed = () => {
    if (timer !== null || (model.get("row") === row && model.get("column") === column)) return;
    row = model.get("row"); column = model.get("column");
    draw();
  };
  model.on("change:drawn", load);
  model.on("change:row change:column", placed);
  load();
  return () => { clearTimeout(timer); model.off("change:drawn", load); };
}

export default { render };
