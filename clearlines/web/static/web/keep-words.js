// Asks before leaving only when words were typed that are nowhere else.
// Never on a page with "Exit this page": somebody in danger must be gone at once.
export function keepWords(window) {
  const page = window.document;
  if (page.querySelector('[data-module="govuk-exit-this-page"]')) return;
  const asBegun = new WeakMap();
  let leaving = false;

  page.addEventListener("focusin", ({ target }) => {
    if (target.matches("textarea") && !asBegun.has(target)) asBegun.set(target, target.defaultValue);
  });
  page.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    const typed = [...page.querySelectorAll("form:not([data-saves-itself]) textarea")];
    if (!leaving && typed.some((box) => asBegun.has(box) && box.value.trim() !== asBegun.get(box).trim())) event.preventDefault();
  });
}
