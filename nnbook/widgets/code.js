// A piece of code with a button that copies it: see Code in code.py.
function render({ model, el }) {
  const block = document.createElement("pre");
  const button = document.createElement("button");
  const said = document.createElement("span");
  block.tabIndex = 0;
  block.setAttribute("role", "region");
  block.setAttribute("aria-label", "Settings as Python code");
  button.type = "button";
  button.textContent = "Copy the code";
  button.className = "jupyter-widgets jupyter-button widget-button";
  said.setAttribute("role", "status");
  el.classList.add("nnbook-code");
  el.append(button, said, block);

  async function copy() {
    try {
      await navigator.clipboard.writeText(block.textContent);
      said.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(block); // a page without https may not write the clipboard
      said.textContent = document.execCommand("copy") ? "Copied." : "Selected: press Ctrl+C.";
    }
    setTimeout(() => (said.textContent = ""), 3000);
  }
  const show = () => (block.textContent = model.get("code"));
  button.addEventListener("click", copy);
  model.on("change:code", show);
  show();
  return () => model.off("change:code", show);
}

export default { render };
