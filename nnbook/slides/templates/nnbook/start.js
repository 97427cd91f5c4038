// What kind of slide is it? The first one is the title; nothing but a heading opens a section; few
// words without picture or code are written larger.
const slides = [...document.querySelectorAll('.slides > section > section')];
for (const slide of slides) {
  const own = selector => [...slide.querySelectorAll(selector)].filter(e => !e.closest('aside.notes'));
  const words = own('.jp-Cell').map(e => e.textContent).join(' ').trim();
  if (slide === slides[0] || own('h1').length) {
    slide.classList.add('title');
    if (own('img').length) slide.classList.add('with-picture');
    else slide.dataset.backgroundColor = '#0b2e4a';
  } else if (own('h2').length && !own('p, ul, ol, table, pre, img, blockquote').length) {
    slide.classList.add('opening');
    slide.dataset.backgroundColor = '#e8f1f8';
  } else if (words.length < 400 && !own('pre, img, .jp-RenderedHTML').length) {
    slide.classList.add('few-words');
  }
}
// Paper: all slides one after the other, laid out at once. (reveal's own print view needs several
// frames; a browser that prints without a window does not wait for them.)
const handout = () => {
  for (const slide of document.querySelectorAll('[data-background-color]'))
    slide.style.backgroundColor = slide.dataset.backgroundColor;
  document.documentElement.classList.add('handout', 'print-pdf');  // the second switches reveal's paper style off
};
const lecture = () => Reveal.initialize({
  width: 1280, height: 720, margin: 0, center: false, hash: true, transition: 'none',
  slideNumber: 'c/t', controlsTutorial: false, plugins: [RevealNotes],
});
// Formulas first, so that what is measured is what will be seen.
MathJax.startup.promise.then(/print-pdf/.test(location.search) ? handout : lecture);
