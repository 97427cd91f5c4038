// Names for the sliders, groups, folds and pictures of one panel: see Labels in controls.py.
function name(panel) {
  for (const slider of panel.querySelectorAll(".widget-slider")) {
    const label = slider.querySelector(".widget-label")?.textContent;
    const readout = slider.querySelector(".widget-readout");
    const handles = slider.querySelectorAll(".noUi-handle");
    if (!label) continue;
    for (const handle of handles) {
      set(handle, "aria-label", label);
      if (readout) set(handle, "aria-valuetext", readout.textContent);
    }
    if (readout && slider.matches(".nnbook-series")) {
      set(readout, "contenteditable", "false"); // ipywidgets ignores what is typed there
    } else if (readout?.isContentEditable) {
      set(readout, "role", "textbox");
      set(readout, "aria-label", `${label}, typed`);
    }
  }
  for (const group of panel.querySelectorAll(".widget-toggle-buttons, .widget-radio")) {
    const label = group.querySelector(".widget-label")?.textContent;
    if (!label) continue;
    set(group, "role", group.matches(".widget-radio") ? "radiogroup" : "group");
    set(group, "aria-label", label);
  }
  for (const header of panel.querySelectorAll(".jupyter-widget-Collapse-header")) {
    const open = header.parentElement.classList.contains("jupyter-widget-Collapse-open");
    set(header, "role", "button");
    set(header, "tabindex", "0");
    set(header, "aria-expanded", String(open));
    if (header.querySelector("i")) set(header.querySelector("i"), "aria-hidden", "true");
    header.onkeydown ??= pressed;
  }
  for (const image of panel.querySelectorAll("img.widget-image[title]")) {
    set(image, "alt", image.title); // the words are for those who do not see it: no pop-up
    image.removeAttribute("title");
  }
}

function pressed(event) {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault(); // a space would scroll the page
  event.stopPropagation();
  event.currentTarget.click();
}

function set(element, attribute, value) {
  if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}

export default {
  render({ el }) {
    let panel, waiting;
    const watcher = new MutationObserver(() => name(panel));
    const attach = () => {
      panel = el.closest(".nnbook-panel");
      if (!panel) {
        waiting = requestAnimationFrame(attach); // not in the page yet
        return;
      }
      name(panel);
      watcher.observe(panel, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ["aria-valuenow", "aria-valuetext", "class", "title"],
      });
    };
    attach();
    return () => {
      cancelAnimationFrame(waiting);
      watcher.disconnect();
    };
  },
};
