// What a person in the last row would complain about on the slide that is shown now.
() => {
  const W = innerWidth, H = innerHeight, problems = [];
  const slide = Reveal.getCurrentSlide(), scale = Reveal.getScale();
  const say = (kind, words) => problems.push(`${kind}: ${words}`);
  const own = selector => [...slide.querySelectorAll(selector)]
    .filter(e => !e.closest('aside.notes, mjx-assistive-mml') && seen(e));
  const seen = e => e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const name = e => e.tagName.toLowerCase() + (typeof e.className === 'string' && e.className ? '.' + e.className.trim().split(/\s+/)[0] : '');

  // Everything that leaves ink, and where its box ends.
  const boxes = [];
  let characters = 0, smallest = [Infinity, ''];
  const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement, words = node.data.trim();
    if (!words || e.closest('aside.notes, script, style, mjx-assistive-mml') || !seen(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) boxes.push([box, name(e)]);
    characters += words.length;
    const size = parseFloat(getComputedStyle(e).fontSize) * scale;
    if (size < smallest[0]) smallest = [size, words.slice(0, 30)];
  }
  for (const e of own('img, svg, canvas, table, mjx-container')) boxes.push([e.getBoundingClientRect(), name(e)]);
  const drawn = boxes.filter(([box]) => box.width >= 1 && box.height >= 1);
  const footer = document.querySelector('.footer');
  const bottom = footer && !slide.classList.contains('title') ? Math.min(H, footer.getBoundingClientRect().top) : H;
  const far = (side, sign) => drawn.reduce((a, b) => sign * b[0][side] > sign * a[0][side] ? b : a, drawn[0]);
  if (drawn.length) {
    const [low, right, top, left] = [far('bottom', 1), far('right', 1), far('top', -1), far('left', -1)];
    const canvas = Math.min(bottom, H / 2 + 360 * scale);
    if (low[0].bottom > canvas + 1) say('overflow', `${Math.round(low[0].bottom - canvas)} px below the slide (${low[1]})`);
    if (right[0].right > W + 1) say('overflow', `${Math.round(right[0].right - W)} px right of the slide (${right[1]})`);
    if (top[0].top < -1 || left[0].left < -1) say('overflow', `above or left of the slide (${top[1]})`);
  } else say('blank', 'nothing is on the slide');
  if (smallest[0] < 14) say('small text', `${smallest[0].toFixed(1)} px: "${smallest[1]}"`);

  for (const e of own('*')) {
    if (e.closest('svg')) continue;
    const style = getComputedStyle(e);
    if (style.overflowX !== 'visible' && e.clientWidth > 20 && e.scrollWidth > e.clientWidth + 2) say('cut off', `${name(e)} is ${e.scrollWidth} px wide in ${e.clientWidth}`);
    if (style.overflowY !== 'visible' && e.clientHeight > 20 && e.scrollHeight > e.clientHeight + 2) say('cut off', `${name(e)} is ${e.scrollHeight} px high in ${e.clientHeight}`);
  }
  for (const e of own('pre')) {
    const range = document.createRange();
    range.selectNodeContents(e);
    const rows = Math.round(range.getBoundingClientRect().height / (parseFloat(getComputedStyle(e).lineHeight) * scale));
    const lines = e.textContent.replace(/\n+$/, '').split('\n').length;
    if (rows > lines) say('wrapped', `${lines} lines of code or output take ${rows} rows: "${e.textContent.trim().slice(0, 40)}"`);
  }
  for (const e of own('img')) {
    const box = e.getBoundingClientRect(), words = e.getAttribute('alt') || '';
    if (!e.complete || !e.naturalWidth) say('picture', 'is broken');
    if (words.trim().length < 8 || /^No description/.test(words)) say('picture', `has no alternative text ("${words}")`);
    const shown = Math.min(box.width, box.height * e.naturalWidth / e.naturalHeight);
    if (shown < 0.7 * e.naturalWidth * scale) say('picture', `is shrunk from ${e.naturalWidth} to ${Math.round(shown / scale)} px: its labels get tiny`);
    if (shown * box.height < 0.06 * W * H) say('picture', `is small: ${Math.round(shown)}×${Math.round(box.height)} px`);
  }
  for (const e of slide.querySelectorAll('[data-mjx-error]')) say('formula', e.getAttribute('data-mjx-error'));
  const prose = own('.jp-RenderedMarkdown, .jp-RenderedHTML').map(e => e.innerText).join('\n');
  const raw = prose.match(/.{0,20}(\$\$|\\begin\{|\\frac|\\sigma|\\sum).{0,20}/);
  if (raw) say('formula', `is not typeset: ${raw[0]}`);
  const repr = own('pre').map(e => e.innerText).join('\n').match(/\b(HBox|VBox|\w+Slider|Output|\w+Model)\(/);
  if (repr) say('widget', `is shown as its text: ${repr[0]}`);
  const notes = slide.querySelectorAll('aside.notes').length;
  if (notes !== 1) say('note', `there are ${notes} speaker notes`);
  else if (!slide.querySelector('aside.notes').textContent.trim()) say('note', 'is empty');
  const heading = slide.querySelector('h1, h2, h3');
  return {problems: [...new Set(problems)], characters, title: heading ? heading.innerText : ''};
}
