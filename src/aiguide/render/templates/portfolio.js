"use strict";
// Sorts and filters the table of projects. Without it the whole table is there.
(() => {
  const form = document.getElementById("filter");
  const table = document.getElementById("projects");
  const body = table.tBodies[0];
  const shown = document.getElementById("shown");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const keys = [...table.tHead.rows[0].cells].map((head) => head.dataset.key);
  const places = form.dataset.filters.split(" ");
  const counted = ["left", "overdue", "expiring"];

  // What is read of a row is read once.
  const rows = [...body.rows].map((row, order) => ({
    row,
    order,
    text: row.textContent.normalize("NFKC").toLowerCase(),
    ids: Object.fromEntries(places.map((key) => [key, row.dataset[key].split(" ")])),
    values: Object.fromEntries(keys.map((key, i) => [key, valueOf(row.cells[i])])),
    counts: Object.fromEntries(counted.map((key) => [key, Number(row.cells[keys.indexOf(key)].dataset.count)])),
  }));

  // A cell sorts by its number where it has one, else by its text.
  function valueOf(cell) {
    const given = cell.dataset.sort;
    return given === undefined ? cell.textContent.trim() : Number(given);
  }

  function compare(one, other, key) {
    const [a, b] = [one.values[key], other.values[key]];
    const found = typeof a === "number" ? a - b : collator.compare(a, b);
    return found || one.order - other.order;
  }

  function sort() {
    const key = form.elements.sort.value;
    const down = form.elements.reversed.checked;
    const ordered = [...rows].sort((one, other) => compare(one, other, key));
    if (down) ordered.reverse();
    body.append(...ordered.map((one) => one.row));
    for (const head of table.tHead.rows[0].cells) {
      const falling = head.dataset.falling !== undefined;
      if (head.dataset.key === key) head.setAttribute("aria-sort", down === falling ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
  }

  function takes(one, words) {
    return words.every((word) => one.text.includes(word))
      && places.every((key) => {
        const asked = form.elements[key].value;
        return asked === "" || one.ids[key].includes(asked);
      })
      && (!form.elements.overdue.checked || one.counts.overdue > 0)
      && (!form.elements.expiring.checked || one.counts.expiring > 0);
  }

  function filter() {
    const words = form.elements.text.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const sums = { shown: 0, all: rows.length, left: 0, overdue: 0, expiring: 0 };
    for (const one of rows) {
      const taken = takes(one, words);
      one.row.hidden = !taken;
      if (!taken) continue;
      sums.shown += 1;
      for (const key of counted) sums[key] += one.counts[key];
    }
    shown.textContent = shown.dataset.said.replace(/\{(\w+)\}/g, (_, key) => sums[key].toLocaleString());
    document.getElementById("asked").textContent = asked();
  }

  // What is filtered by, for paper, where the form is not.
  function asked() {
    const fields = [...form.elements].filter((one) => one.dataset.says !== undefined);
    const said = fields.filter((one) => (one.type === "checkbox" ? one.checked : one.value !== ""));
    return said.map((one) => one.labels[0].textContent.trim() + (one.type === "checkbox" ? "" : ": "
      + (one.selectedOptions ? one.selectedOptions[0].textContent : one.value))).join(" / ");
  }

  function button(holder, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.append(...holder.childNodes);
    made.addEventListener("click", act);
    holder.append(made);
    return made;
  }

  // What a chart names is picked from it.
  function picks() {
    for (const name of document.querySelectorAll("[data-filter]")) {
      button(name, () => {
        const select = form.elements[name.dataset.filter];
        select.value = name.dataset.place;
        filter();
        select.focus();
        form.scrollIntoView();
      }).title = form.dataset.pick;
    }
  }

  function heads() {
    for (const head of table.tHead.rows[0].cells) {
      if (![...form.elements.sort.options].some((one) => one.value === head.dataset.key)) continue;
      button(head, () => {
        const again = form.elements.sort.value === head.dataset.key;
        form.elements.reversed.checked = again && !form.elements.reversed.checked;
        form.elements.sort.value = head.dataset.key;
        sort();
      });
    }
  }

  let waiting = 0;
  form.addEventListener("input", (event) => {
    if (["sort", "reversed"].includes(event.target.name)) return sort();
    clearTimeout(waiting);
    waiting = setTimeout(filter, event.target.name === "text" ? 150 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    const { sort: { value }, reversed: { checked } } = form.elements;
    setTimeout(() => {
      form.elements.sort.value = value;
      form.elements.reversed.checked = checked;
      filter();
    });
  });
  heads();
  picks();
  form.hidden = false;
  document.querySelector(".charts-note").hidden = false;
  filter(); // the rows are sorted already
})();
