// Names to choose from beneath a field, as it is written: a combobox with a list. Without it the field takes any name.
for (const field of document.querySelectorAll('input[data-complete]')) {
  const list = document.createElement('ul'), id = `${field.id || field.name}-names`;
  let timer, asked = 0, at = -1;
  const set = (name, value) => field.setAttribute(name, value);
  const close = () => { list.hidden = true; at = -1; set('aria-expanded', false); field.removeAttribute('aria-activedescendant'); };
  const pick = (item) => {
    const go = field.dataset.go;
    field.value = item.dataset.value;
    close();
    if (go) location.href = `${go}${item.dataset.id}.html`;
  };
  const move = (step) => {
    const items = list.children;
    if (list.hidden || !items.length) return;
    at = (at + step + items.length + (at < 0 && step < 0)) % items.length;
    [...items].forEach((item, n) => item.setAttribute('aria-selected', n === at));
    set('aria-activedescendant', items[at].id);
    items[at].scrollIntoView({block: 'nearest'});
  };
  const show = (rows) => {
    const names = rows.map((row) => row.name);
    list.replaceChildren(...rows.map((row, n) => {
      const item = document.createElement('li'), type = document.createElement('small');
      Object.assign(item, {id: `${id}-${n}`, role: 'option', textContent: row.name});
      Object.assign(item.dataset, {id: row.id, value: names.indexOf(row.name) === names.lastIndexOf(row.name) ? row.name : row.id});
      type.textContent = row.type.replace(/\B[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      item.append(' ', type);
      item.setAttribute('aria-selected', false);
      item.onpointerdown = (event) => { event.preventDefault(); pick(item); };
      return item;
    }));
    at = -1;
    list.hidden = !rows.length;
    set('aria-expanded', !list.hidden);
  };
  const ask = async () => {
    const turn = ++asked, q = field.value.trim();
    if (q.length < 2) return close();
    const found = await fetch(`${field.dataset.complete}&q=${encodeURIComponent(q)}`).catch(() => 0);
    const rows = found.ok ? (await found.json()).data : [];
    if (turn === asked && document.activeElement === field) show(rows);
  };
  Object.assign(list, {id, hidden: true, className: 'names', role: 'listbox', ariaLabel: 'Names'});
  field.removeAttribute('list');
  Object.entries({role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': false, 'aria-controls': id})
    .forEach(([name, value]) => set(name, value));
  field.after(list);
  field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  field.addEventListener('blur', close);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); move(event.key === 'ArrowDown' ? 1 : -1); }
    else if (event.key === 'Enter' && at >= 0) { event.preventDefault(); pick(list.children[at]); }
    else if (event.key === 'Escape') close();
  });
}
