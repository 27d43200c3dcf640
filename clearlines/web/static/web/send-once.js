// A second press of a button that has already sent is ignored. The server refuses it as well.
// A form that answers with a file leaves the page where it is, so the button comes back after a while.
const PATIENCE = 5000;

export function sendOnce(page) {
  const sent = new WeakMap();
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (Date.now() - (sent.get(form) ?? -PATIENCE) < PATIENCE) event.preventDefault();
    else if (!event.defaultPrevented) sent.set(form, Date.now());
  });
  // Coming back with the Back button must find a form that can be sent.
  window.addEventListener("pageshow", () => page.querySelectorAll("form").forEach((form) => sent.delete(form)));
}
