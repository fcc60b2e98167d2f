/* The table of articles. */
const selected = () => all("#articles-table input:checked").map((box) => box.value);
function withSelected(then) {
  const ids = selected();
  if (ids.length) then(ids); else toast(word("none_selected"));
}

Object.assign(actions, {
  sort: (button) => triggers["articles-table"]("select", { column: button.dataset.column }),
  remove: () => withSelected((ids) => confirmFirst(word("remove_confirm").replace("{number}", ids.length), word("remove_these"),
    () => triggers["articles-table"]("delete", { ids }))),
  restrict: () => withSelected((ids) => triggers["articles-table"]("input", { ids })),
});
