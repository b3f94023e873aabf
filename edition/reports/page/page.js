"use strict";
// Shows the findings that are chosen and goes from one to the next. Everything can be read without it.
(() => {
  const findings = [...document.querySelectorAll(".finding")];
  const bar = document.querySelector(".bar");
  if (!bar) return;
  const filters = document.querySelector(".filters");
  const status = bar.querySelector("[role=status]");
  const boxes = [...filters.querySelectorAll("[data-kind]")];
  const only = document.getElementById("only");
  const keys = document.getElementById("keys");
  let current = null;

  const shown = () => findings.filter((finding) => !finding.hidden);

  function choose() {
    const off = { severity: new Set(), rule: new Set() };
    for (const box of boxes) if (!box.checked) off[box.dataset.kind].add(box.value);
    for (const finding of findings) {
      finding.hidden = off.severity.has(finding.dataset.severity) || off.rule.has(finding.dataset.rule);
    }
    for (const list of document.querySelectorAll(".step > .findings")) {
      list.parentElement.classList.toggle("found", list.querySelector(".finding:not([hidden])") !== null);
    }
    document.body.classList.toggle("only", Boolean(only && only.checked));
    status.textContent = `${shown().length} of ${findings.length} findings shown`;
  }

  // From the finding that has been reached, else from the top of the window.
  function go(way) {
    const list = shown();
    let next = list.indexOf(current) + way;
    if (!list.includes(current)) {
      const below = list.findIndex((finding) => finding.getBoundingClientRect().top >= 0);
      next = way > 0 ? (below < 0 ? list.length : below) : (below < 0 ? list.length : below) - 1;
    }
    if (!list[next]) {
      status.textContent = list.length ? (way > 0 ? "No finding after this" : "No finding before this") : "No findings shown";
      return;
    }
    current = list[next];
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "center" });
    status.textContent = `Finding ${next + 1} of ${list.length}`;
  }

  document.addEventListener("focusin", (event) => {
    const finding = event.target.closest(".finding");
    if (finding) current = finding;
  });
  document.addEventListener("keydown", (event) => {
    const other = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (other || !keys.checked) return;
    if (event.key === "n" || event.key === "p") {
      event.preventDefault();
      go(event.key === "n" ? 1 : -1);
    }
  });
  for (const button of bar.querySelectorAll("button")) {
    button.addEventListener("click", () => go(Number(button.dataset.go)));
  }
  filters.addEventListener("change", choose);
  filters.querySelector("form").addEventListener("submit", (event) => event.preventDefault());

  document.body.classList.add("scripted");
  filters.hidden = bar.hidden = false;
  choose();
})();
