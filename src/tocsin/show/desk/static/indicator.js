// The editor: keeping goes the plain way of a form; Ctrl+Enter is a dry run.
"use strict";
(() => {
  const editor = document.getElementById("editor");
  editor.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.triggeringEvent?.submitter?.hasAttribute("data-save")) {
      event.preventDefault();
      editor.action = "/indicators/save";
      HTMLFormElement.prototype.submit.call(editor);
    }
  });
  document.getElementById("yaml").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.requestSubmit(editor.querySelector("button.primary"));
  });
})();
